package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import dev.slipway.agent.runtime.AppNames;
import dev.slipway.agent.runtime.DeployOrder;
import dev.slipway.agent.runtime.ReleaseOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns an order into the engine's terms. Nothing is published on the host. */
final class ContainerPlan {
  static final String APP_LABEL = "deploy-app";
  static final String PROCESS_LABEL = "permanu.process";
  private static final Pattern VOLUME_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{1,127}");
  private static final long MEBIBYTE = 1 << 20;
  private static final long MOST_PROCESSES = 4096;
  private static final Map<String, String> LOG_BOUNDS = Map.of("max-size", "50m", "max-file", "3");

  private ContainerPlan() {}

  /**
   * @param volumeRoot the only folder of the host that may be mounted
   */
  static void apply(CreateContainerCmd create, DeployOrder order, Path volumeRoot)
      throws RuntimeRefusal {
    var environment = new LinkedHashMap<>(order.environment());
    environment.put("PORT", Integer.toString(order.port()));
    create
        .withName(order.name())
        .withEnv(variables(environment))
        .withLabels(labels(order))
        .withHostConfig(
            host(order.limits(), order.placement(), volumeRoot)
                .withRestartPolicy(restart(order.restart())));
    if (!order.command().isBlank()) {
      create.withEntrypoint("/bin/sh", "-c", order.command()).withCmd(List.of());
    }
  }

  /**
   * A container for one command of a release hook; what it writes to disk goes with it. The next
   * start of the agent that owns it removes it where this one is killed.
   */
  static void once(
      CreateContainerCmd create, ReleaseOrder order, List<String> command, Path volumeRoot)
      throws RuntimeRefusal {
    var labels =
        Map.of(
            APP_LABEL,
            AppNames.slugOf(order.imageTag()),
            "permanu.managed",
            "true",
            ContainerAccess.HELPER,
            owner(volumeRoot));
    create
        .withEntrypoint(command.getFirst())
        .withCmd(command.subList(1, command.size()))
        .withEnv(variables(order.environment()))
        .withLabels(labels)
        .withHostConfig(
            host(order.limits(), order.placement(), volumeRoot)
                .withRestartPolicy(RestartPolicy.noRestart()));
  }

  /** No other agent of the engine has that folder. */
  static String owner(Path volumeRoot) {
    return volumeRoot.toAbsolutePath().toString();
  }

  private static List<String> variables(Map<String, String> environment) {
    return environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  private static Map<String, String> labels(DeployOrder order) {
    var labels = new LinkedHashMap<>(order.placement().labels());
    labels.put(APP_LABEL, AppNames.slugOf(order.imageTag()));
    labels.put("permanu.managed", "true");
    labels.put(PROCESS_LABEL, order.placement().processName());
    labels.put("permanu.replica", Integer.toString(order.placement().replica()));
    return labels;
  }

  private static HostConfig host(
      DeployOrder.Limits limits, DeployOrder.Placement placement, Path volumeRoot)
      throws RuntimeRefusal {
    var memory = limits.memoryMebibytes() * MEBIBYTE;
    var config =
        HostConfig.newHostConfig()
            .withNetworkMode(placement.network())
            .withMemory(memory)
            .withMemorySwap(memory)
            .withNanoCPUs(Math.round(limits.cpuCores() * 1e9))
            .withPidsLimit(MOST_PROCESSES)
            .withSecurityOpts(List.of("no-new-privileges"))
            .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_BOUNDS))
            .withInit(true)
            .withBinds(binds(placement.volumes(), volumeRoot));
    return placement.network().equals(ReleaseOrder.NO_NETWORK)
        ? config
        : config.withExtraHosts("host.docker.internal:host-gateway");
  }

  private static RestartPolicy restart(dev.slipway.agent.runtime.RestartPolicy policy) {
    return switch (policy) {
      case ALWAYS -> RestartPolicy.alwaysRestart();
      case UNLESS_STOPPED -> RestartPolicy.unlessStoppedRestart();
      case ON_FAILURE -> RestartPolicy.onFailureRestart(0);
      case NO -> RestartPolicy.noRestart();
    };
  }

  private static List<Bind> binds(List<DeployOrder.Volume> volumes, Path volumeRoot)
      throws RuntimeRefusal {
    var binds = new ArrayList<Bind>();
    for (var volume : volumes) {
      var source = volume.host();
      var folder = Path.of(source).normalize();
      boolean allowed =
          VOLUME_NAME.matcher(source).matches()
              || (source.startsWith("/") && folder.startsWith(volumeRoot));
      if (!allowed || !volume.container().startsWith("/") || volume.container().contains(":")) {
        throw new RuntimeRefusal(
            "volumes are named, or folders below " + volumeRoot + ", at an absolute path");
      }
      binds.add(
          new Bind(
              source.startsWith("/") ? folder.toString() : source,
              new Volume(volume.container()),
              volume.readOnly() ? AccessMode.ro : AccessMode.rw));
    }
    return binds;
  }
}
