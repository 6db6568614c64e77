package dev.slipway.agent.logs;

import dev.slipway.agent.runtime.InstanceLine;
import dev.slipway.proto.agent.v1.AppContainerMapping;
import dev.slipway.proto.agent.v1.LogEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Marks log entries with the app and deployment that the control plane says an instance belongs to.
 */
public final class LogIdentity {
  private volatile Map<String, AppContainerMapping> byInstance = Map.of();

  /** Replaces all that was known. */
  public void learn(List<AppContainerMapping> mappings) {
    var known = new HashMap<String, AppContainerMapping>();
    mappings.forEach(m -> known.put(m.getContainerName(), m));
    byInstance = Map.copyOf(known);
  }

  public LogEntry entry(InstanceLine line, String runtime) {
    var mapping =
        byInstance.getOrDefault(line.instance(), AppContainerMapping.getDefaultInstance());
    return LogEntry.newBuilder()
        .setTimestampNs(line.timestampNanos())
        .setSource("app:" + line.instance())
        .setLevel(line.error() ? "error" : "info")
        .setMessage(line.text())
        .putFields("source_type", "container")
        .putFields("container_id", line.instanceId())
        .putFields("container_name", line.instance())
        .putFields("stream", line.error() ? "stderr" : "stdout")
        .putFields("ingest_status", "live")
        .putFields("redaction_status", line.text().contains("[REDACTED]") ? "redacted" : "none")
        .putFields("image", line.image())
        .putFields("app_slug", line.slug())
        .putFields("runtime", runtime)
        .setAppId(mapping.getAppId())
        .setDeploymentId(mapping.getDeploymentId())
        .build();
  }
}
