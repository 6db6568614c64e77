package dev.slipway.fleet.store.placement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an app must, should or should not run.
 *
 * @param key the label, where the target is one
 * @param values none for {@link Operator#EXISTS}
 * @param weight 1..100; null for a requirement
 */
public record RuleRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    Kind kind,
    Target target,
    @Nullable String key,
    Operator operator,
    List<Object> values,
    @Nullable Integer weight,
    Instant createdAt) {

  /** How binding it is. */
  public enum Kind {
    REQUIRE,
    PREFER,
    AVOID
  }

  /** What of a server it speaks of. */
  public enum Target {
    LABEL,
    POOL,
    SERVER,
    REGION
  }

  /** How the values are compared. */
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS
  }
}
