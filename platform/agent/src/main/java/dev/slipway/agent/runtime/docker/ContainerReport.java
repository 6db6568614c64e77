package dev.slipway.agent.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container in the words of the heartbeat. */
final class ContainerReport {
  private static final long MEBIBYTE = 1 << 20;

  private ContainerReport() {}

  static ContainerMetrics of(InspectContainerResponse container, ContainerUsage.Usage usage) {
    var state = container.getState();
    var exit = state.getExitCodeLong() == null ? 0 : state.getExitCodeLong().intValue();
    boolean memory = Boolean.TRUE.equals(state.getOOMKilled());
    var limit = container.getHostConfig() == null ? null : container.getHostConfig().getMemory();
    var labels = container.getConfig().getLabels();
    return ContainerMetrics.newBuilder()
        .setContainerId(container.getId())
        .setName(container.getName().substring(1))
        .setImage(text(container.getImageId()))
        .setStatus(text(state.getStatus()))
        .setCpuPercent(usage.cpuPercent())
        .setMemoryUsedMb(usage.memoryBytes() / MEBIBYTE)
        .setMemoryLimitMb(limit == null ? 0 : limit / MEBIBYTE)
        .setNetworkRxBytes(usage.received())
        .setNetworkTxBytes(usage.sent())
        .setHealthStatus(state.getHealth() == null ? "none" : text(state.getHealth().getStatus()))
        .setRestartCount(container.getRestartCount() == null ? 0 : container.getRestartCount())
        .setOomKilled(memory)
        .setExitCode(exit)
        .setExitReason(reason(state, exit, memory))
        .setStartedAt(text(state.getStartedAt()))
        .setFinishedAt(text(state.getFinishedAt()))
        .setComposeProject(
            (labels == null ? Map.<String, String>of() : labels)
                .getOrDefault("com.docker.compose.project", ""))
        .build();
  }

  private static String reason(
      InspectContainerResponse.ContainerState state, int exit, boolean memory) {
    if (Boolean.TRUE.equals(state.getRunning()) || text(state.getStatus()).equals("created")) {
      return "";
    }
    if (memory) {
      return "out of memory";
    }
    var error = text(state.getError());
    if (!error.isEmpty()) {
      return error;
    }
    return exit > 128 ? "killed by signal " + (exit - 128) : "exited with code " + exit;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
