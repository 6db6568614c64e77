package dev.slipway.agent.identity;

import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.TopProcess;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says over HTTP that the agent lives while the way over gRPC is blocked: commands do not arrive,
 * but nobody takes the machine for dead.
 */
public final class HttpHeartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(HttpHeartbeat.class);
  private static final long MEBIBYTE = 1 << 20;
  private static final int MOST_CONTAINERS = 1000;
  private static final int OK = 200;
  private static final int UNAUTHENTICATED = 401;

  private final Credentials credentials;
  private final PlatformApi api;
  private final String serverId;

  public HttpHeartbeat(Credentials credentials, PlatformApi api, String serverId) {
    this.credentials = credentials;
    this.api = api;
    this.serverId = serverId;
  }

  /** True where the platform took it. */
  public boolean send(HeartbeatRequest beat) throws InterruptedException {
    try {
      var identity = credentials.identity();
      if (identity.isEmpty()) {
        return false;
      }
      var access = credentials.access();
      if (access.isEmpty()) {
        return false;
      }
      var answer =
          api.post(
              identity.get().at("/api/servers/" + serverId + "/heartbeat"),
              body(beat),
              access.get());
      if (answer.status() == UNAUTHENTICATED) {
        credentials.forgetAccess();
      }
      return answer.status() == OK;
    } catch (IOException e) {
      LOG.debug("No heartbeat over HTTP either", e);
      return false;
    }
  }

  private static Map<String, Object> body(HeartbeatRequest beat) {
    var system = beat.getSystem();
    var body = new LinkedHashMap<String, Object>();
    body.put("agent_version", beat.getAgentVersion());
    body.put(
        "sent_at",
        Instant.ofEpochSecond(beat.getTimestamp().getSeconds(), beat.getTimestamp().getNanos())
            .toString());
    body.put("uptime_seconds", system.getUptimeSeconds());
    body.put("docker_reachable", beat.getDockerReachable());
    body.put("cpu_percent", system.getCpuPercent());
    body.put("load_1m", system.getLoadAvg1());
    body.put("memory_used_bytes", system.getMemoryUsedMb() * MEBIBYTE);
    body.put("memory_total_bytes", system.getMemoryTotalMb() * MEBIBYTE);
    body.put("disk_used_bytes", system.getDiskUsedMb() * MEBIBYTE);
    body.put("disk_total_bytes", system.getDiskTotalMb() * MEBIBYTE);
    body.put(
        "containers",
        beat.getContainersList().stream()
            .limit(MOST_CONTAINERS)
            .map(HttpHeartbeat::container)
            .toList());
    body.put("top_processes", processes(system.getTopProcessesList()));
    return body;
  }

  private static Map<String, Object> container(ContainerMetrics container) {
    return Map.of(
        "name", container.getName(),
        "image", container.getImage(),
        "state", container.getStatus(),
        "cpu_percent", container.getCpuPercent(),
        "memory_bytes", container.getMemoryUsedMb() * MEBIBYTE);
  }

  private static List<Map<String, Object>> processes(List<TopProcess> processes) {
    return processes.stream()
        .<Map<String, Object>>map(
            process ->
                Map.of(
                    "pid", process.getPid(),
                    "name", process.getName(),
                    "user", process.getUser(),
                    "cpu_percent", process.getCpuPercent(),
                    "memory_mb", process.getMemoryMb()))
        .toList();
  }
}
