package dev.slipway.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A log line from a server.
 *
 * @param timestamp by the agent's clock
 * @param source {@code agent}, {@code ci}, {@code app:<container>}, {@code service:<container>} or
 *     a container's name
 * @param level {@code debug}, {@code info}, {@code warn} or {@code error}
 * @param message at most 64 KiB; known secrets are masked
 * @param fields such as {@code stream}, {@code container_name}, {@code process}, {@code replica}
 */
public record LogEntry(
    Instant timestamp,
    String source,
    String level,
    String message,
    Map<String, String> fields,
    @Nullable UUID appId,
    @Nullable UUID deploymentId) {
  public LogEntry {
    fields = Map.copyOf(fields);
  }
}
