package dev.slipway.agent.logs;

import dev.slipway.agent.runtime.InstanceLine;
import dev.slipway.proto.agent.v1.AppContainerMapping;
import dev.slipway.proto.agent.v1.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Marks log entries with the app and deployment that the control plane says an instance belongs to.
 * The control plane knows of an instance before it starts, the agent only from the next heartbeat's
 * answer: what an instance writes earlier waits for that answer. Thread-safe.
 */
public final class LogIdentity {
  /** For how long an entry waits where no answer comes. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final String INSTANCE = "container_name";
  private static final String SERVICE = "service";
  private static final int MOST_STRANGERS = 1000;

  private Map<String, AppContainerMapping> byInstance = Map.of();
  private Instant askedAt = Instant.MIN;

  /** Instances that an answer did not name though it was asked for after they had written. */
  private final Set<String> strangers = new HashSet<>();

  /**
   * Replaces all that was known.
   *
   * @param asked when the control plane was asked
   */
  public synchronized void learn(List<AppContainerMapping> mappings, Instant asked) {
    var known = new HashMap<String, AppContainerMapping>();
    mappings.forEach(m -> known.put(m.getContainerName(), m));
    byInstance = Map.copyOf(known);
    askedAt = asked;
    strangers.removeAll(known.keySet());
  }

  /** A line as an entry. */
  public LogEntry entry(InstanceLine line, String runtime) {
    var entry =
        LogEntry.newBuilder()
            .setTimestampNs(line.timestampNanos())
            .setSource("app:" + line.instance())
            .setLevel(line.error() ? "error" : "info")
            .setMessage(line.text())
            .putFields("source_type", "container")
            .putFields("container_id", line.instanceId())
            .putFields(INSTANCE, line.instance())
            .putFields("stream", line.error() ? "stderr" : "stdout")
            .putFields("ingest_status", "live")
            .putFields("redaction_status", line.text().contains("[REDACTED]") ? "redacted" : "none")
            .putFields("image", line.image())
            .putFields("app_slug", line.slug())
            .putFields("runtime", runtime);
    if (!line.process().isEmpty()) {
      entry.putFields("process", line.process());
    }
    if (!line.service().isEmpty()) {
      entry.putFields(SERVICE, line.service());
    }
    return named(entry.build());
  }

  /** Whether an answer that is still to come may say whose some of these entries are. */
  public synchronized boolean awaited(List<LogEntry> entries, Instant now) {
    return entries.stream().anyMatch(entry -> isNameless(entry) && isAwaited(entry, now));
  }

  private boolean isAwaited(LogEntry entry, Instant now) {
    var instance = entry.getFieldsOrDefault(INSTANCE, "");
    var written = Instant.ofEpochSecond(0, entry.getTimestampNs());
    if (mapping(entry) != null || strangers.contains(instance)) {
      return false;
    }
    if (askedAt.isAfter(written)) {
      if (strangers.size() < MOST_STRANGERS) {
        strangers.add(instance);
      }
      return false;
    }
    return now.isBefore(written.plus(PATIENCE));
  }

  /** The entries, marked by what is known now. */
  public List<LogEntry> named(List<LogEntry> entries) {
    return entries.stream().map(this::named).collect(Collectors.toUnmodifiableList());
  }

  private synchronized LogEntry named(LogEntry entry) {
    var mapping = mapping(entry);
    if (mapping == null || !isNameless(entry)) {
      return entry;
    }
    return entry.toBuilder()
        .setAppId(mapping.getAppId())
        .setDeploymentId(mapping.getDeploymentId())
        .build();
  }

  /**
   * The control plane learns of a further service of a Compose file when the version has started,
   * which is late for one that fails. It stands beside the instance that it was made for, and has
   * its name with the service's behind it.
   */
  private @Nullable AppContainerMapping mapping(LogEntry entry) {
    var instance = entry.getFieldsOrDefault(INSTANCE, "");
    var own = byInstance.get(instance);
    var end = "-" + entry.getFieldsOrDefault(SERVICE, "");
    return own == null && end.length() > 1 && instance.endsWith(end)
        ? byInstance.get(instance.substring(0, instance.length() - end.length()))
        : own;
  }

  /** An instance's entry that nobody's app has been found for; the agent's own have no instance. */
  private static boolean isNameless(LogEntry entry) {
    return entry.getAppId().isEmpty() && entry.containsFields(INSTANCE);
  }
}
