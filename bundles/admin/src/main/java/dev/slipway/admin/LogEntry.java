package dev.slipway.admin;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the system log.
 *
 * @param message one sentence for operators, secrets masked
 * @param action the event or logger behind it
 * @param userId whom it concerns
 * @param metadata more that helps; secrets masked
 */
public record LogEntry(
    UUID id,
    Severity severity,
    Category category,
    String message,
    @Nullable String action,
    @Nullable UUID userId,
    @Nullable UUID tenantId,
    Map<String, @Nullable Object> metadata,
    Instant createdAt) {

  /** How much it matters. */
  public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    DEBUG
  }

  /** What it is about. */
  public enum Category {
    AUTH,
    BILLING,
    ADMIN,
    SYSTEM,
    SECURITY,
    TENANT
  }
}
