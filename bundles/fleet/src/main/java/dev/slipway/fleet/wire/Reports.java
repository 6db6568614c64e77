package dev.slipway.fleet.wire;

import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.slipway.fleet.store.server.AgentReport;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.TopProcess;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Heartbeats as rows. */
final class Reports {
  private static final int MOST_CONTAINERS = 1_000;
  private static final int MOST_PROCESSES = 50;
  private static final int MOST_DEPTH = 4;
  private static final int LONGEST_WORD = 256;
  private static final int KEY_BYTES = 32;
  private static final String APP_PREFIX = "deploy-app-";
  private static final String RUNNING = "running";

  private Reports() {}

  static AgentReport of(UUID serverId, HeartbeatRequest beat) {
    var system = beat.getSystem();
    var containers = beat.getContainersList().stream().limit(MOST_CONTAINERS).toList();
    return new AgentReport(
        serverId,
        Instant.now(),
        said(beat.getAgentVersion()),
        beat.getDockerReachable(),
        said(system.getOsInfo()),
        said(system.getArch()),
        system.getCpuCores() > 0 ? system.getCpuCores() : null,
        positive(system.getMemoryTotalMb()),
        positive(system.getDiskTotalMb()),
        said(system.getPublicIpv4()),
        said(system.getPublicIpv6()),
        plain(system),
        containers.stream().map(Reports::plain).toList(),
        Math.toIntExact(containers.stream().filter(Reports::runsApp).count()),
        beat.getAgentX25519Pubkey().size() == KEY_BYTES
            ? Base64.getEncoder().encodeToString(beat.getAgentX25519Pubkey().toByteArray())
            : null,
        beat.getAgentQuarantined(),
        said(beat.getQuarantineReason()),
        processes(system.getTopProcessesList(), MOST_DEPTH),
        MeasureReports.of(beat));
  }

  private static List<Map<String, Object>> processes(List<TopProcess> processes, int depth) {
    return processes.stream()
        .limit(MOST_PROCESSES)
        .map(process -> process(process, depth))
        .toList();
  }

  private static Map<String, Object> process(TopProcess process, int depth) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("pid", process.getPid());
    fields.put("name", AgentText.word(process.getName(), LONGEST_WORD));
    fields.put("user", AgentText.word(process.getUser(), LONGEST_WORD));
    fields.put("cpu_percent", finite(process.getCpuPercent()));
    fields.put("memory_mb", process.getMemoryMb());
    fields.put(
        "children", depth == 0 ? List.of() : processes(process.getChildrenList(), depth - 1));
    return fields;
  }

  /** JSON has no words for what is no number. */
  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  private static boolean runsApp(ContainerMetrics container) {
    return container.getName().startsWith(APP_PREFIX) && container.getStatus().equals(RUNNING);
  }

  /** The scalar fields that are set, by their names in the contract; lists inside are left out. */
  static Map<String, Object> plain(Message message) {
    var fields = new LinkedHashMap<String, Object>();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (!field.isRepeated() && field.getJavaType() != JavaType.MESSAGE) {
                fields.put(field.getName(), scalar(value));
              }
            });
    return fields;
  }

  private static Object scalar(Object value) {
    return switch (value) {
      case String text -> word(text);
      case Double number -> finite(number);
      default -> value;
    };
  }

  private static @Nullable String said(String text) {
    return text.isBlank() ? null : word(text.strip());
  }

  /** A short word. */
  static String word(String text) {
    return AgentText.word(text, LONGEST_WORD);
  }

  private static @Nullable Long positive(long value) {
    return value > 0 ? value : null;
  }
}
