package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks and volumes of the engine. */
public final class EngineObjects {
  private final DockerEngine engine;
  private final String network;

  EngineObjects(DockerEngine engine, String network) {
    this.engine = engine;
    this.network = network;
  }

  /**
   * False when there was none. The engine itself protects a network only from running containers;
   * one that is stopped could not start again without it.
   */
  public boolean removeNetwork(String name) throws RuntimeRefusal, IOException {
    var users =
        engine.call(
            () ->
                engine
                    .calls()
                    .listContainersCmd()
                    .withShowAll(true)
                    .withNetworkFilter(List.of(name))
                    .exec());
    if (!users.isEmpty()) {
      throw new RuntimeRefusal("network " + name + " is in use");
    }
    return removed(() -> engine.calls().removeNetworkCmd(name).exec());
  }

  /** False when there was none. */
  public boolean removeVolume(String name) throws RuntimeRefusal, IOException {
    return removed(() -> engine.calls().removeVolumeCmd(name).exec());
  }

  private boolean removed(DockerEngine.Call<?> removal) throws RuntimeRefusal, IOException {
    return engine.call(
        () -> {
          try {
            removal.run();
            return true;
          } catch (NotFoundException e) {
            return false;
          }
        });
  }

  /** A volume that another container uses stays. */
  void removeVolumeUnlessUsed(String name) throws RuntimeRefusal, IOException {
    engine.call(
        () -> {
          try {
            return engine.calls().removeVolumeCmd(name).exec();
          } catch (ConflictException | NotFoundException e) {
            return null;
          }
        });
  }

  /** The network of the apps and who is in it, in the keys of the contract. */
  public Map<String, Object> inspectNetwork() throws RuntimeRefusal, IOException {
    var found = engine.call(() -> engine.calls().inspectNetworkCmd().withNetworkId(network).exec());
    List<Map<String, Object>> members = new ArrayList<>();
    found
        .getContainers()
        .forEach(
            (id, member) -> {
              var row = new LinkedHashMap<String, Object>();
              row.put("container_id", id);
              row.put("container_name", member.getName());
              row.put("ipv4_address", member.getIpv4Address());
              row.put("mac_address", member.getMacAddress());
              members.add(row);
            });
    var answer = new LinkedHashMap<String, Object>();
    answer.put("network_id", found.getId());
    answer.put("network_name", found.getName());
    answer.put("driver", found.getDriver());
    answer.put("containers", members);
    return answer;
  }
}
