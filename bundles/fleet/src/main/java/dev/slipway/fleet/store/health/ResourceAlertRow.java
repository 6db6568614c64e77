package dev.slipway.fleet.store.health;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server that ran short of something. */
public record ResourceAlertRow(
    UUID id,
    UUID tenantId,
    UUID serverId,
    Resource resource,
    double thresholdPercent,
    double valuePercent,
    Severity severity,
    Status status,
    String message,
    Instant startedAt,
    @Nullable Instant resolvedAt) {

  /** What there is too little of. */
  public enum Resource {
    CPU,
    MEMORY,
    DISK,
    LOAD
  }

  /** How bad it is. */
  public enum Severity {
    WARNING,
    CRITICAL
  }

  /** Whether it lasts. */
  public enum Status {
    FIRING,
    RESOLVED
  }
}
