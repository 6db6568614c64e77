package dev.slipway.agent.runtime.docker;

import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The networks by which containers reach each other. */
final class AppNetworks {
  private static final int LEAST_NAME = 8;

  private final DockerEngine engine;
  private final Containers containers;

  AppNetworks(DockerEngine engine, Containers containers) {
    this.engine = engine;
    this.containers = containers;
  }

  /** Makes a network where there is none of that name. */
  void ensure(String name) throws RuntimeRefusal, IOException {
    boolean exists =
        engine.call(() -> engine.calls().listNetworksCmd().withNameFilter(name).exec()).stream()
            .anyMatch(network -> network.getName().equals(name));
    if (!exists) {
      engine.call(
          () ->
              engine
                  .calls()
                  .createNetworkCmd()
                  .withName(name)
                  .withDriver("bridge")
                  .withCheckDuplicate(true)
                  .exec());
    }
  }

  /**
   * Joins a container to the networks of those that its environment names, so that an app reaches
   * its database.
   *
   * @param own the network that it is in already
   */
  void join(String id, Map<String, String> environment, String own)
      throws RuntimeRefusal, IOException {
    for (var network : ofNamed(environment, own)) {
      engine.call(
          () ->
              engine
                  .calls()
                  .connectToNetworkCmd()
                  .withContainerId(id)
                  .withNetworkId(network)
                  .exec());
    }
  }

  private Set<String> ofNamed(Map<String, String> environment, String own)
      throws RuntimeRefusal, IOException {
    var networks = new HashSet<String>();
    for (var container : containers.all()) {
      var name = Containers.nameOf(container);
      boolean named =
          name.length() >= LEAST_NAME
              && environment.values().stream().anyMatch(value -> value.contains(name));
      if (named && container.getNetworkSettings() != null) {
        networks.addAll(container.getNetworkSettings().getNetworks().keySet());
      }
    }
    networks.removeAll(Set.of(own, "host", "none", "bridge"));
    return networks;
  }
}
