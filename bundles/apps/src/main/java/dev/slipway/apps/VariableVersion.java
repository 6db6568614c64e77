package dev.slipway.apps;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a variable was, or is.
 *
 * @param number the variable's version that it is
 * @param value as the variable's own: sealed for the variable where it is secret, else as it is
 * @param restoredFrom the number of the version that was brought back by this one
 * @param madeBy null where an API key or the platform made it
 * @param madeByName who that was, for people; null where it is not known any more
 * @param revokedAt since when no deployment gets this value any more; null = they do
 */
public record VariableVersion(
    UUID id,
    UUID tenantId,
    UUID envVarId,
    int number,
    String value,
    boolean isSecret,
    List<String> stageBindings,
    List<String> phases,
    Origin origin,
    @Nullable Integer restoredFrom,
    @Nullable UUID madeBy,
    @Nullable String madeByName,
    Instant createdAt,
    @Nullable Instant revokedAt) {

  /** How it came about. */
  public enum Origin {
    CREATED,
    EDITED,
    RESTORED,
    ROTATED
  }

  public VariableVersion {
    stageBindings = List.copyOf(stageBindings);
    phases = List.copyOf(phases);
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "VariableVersion[envVarId=" + envVarId + ", number=" + number + "]";
  }
}
