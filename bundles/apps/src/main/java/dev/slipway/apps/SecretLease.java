package dev.slipway.apps;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deployment was given a value of a secret.
 *
 * @param number the version of the variable that it got
 * @param environmentId null = outside of any environment
 * @param expiresAt when the value was to end, as its rotation said then; null = never
 * @param revokedAt since when the value must not be given out any more
 * @param endedAt since when another version runs in the place of this deployment, or none
 */
public record SecretLease(
    UUID id,
    UUID tenantId,
    UUID envVarId,
    int number,
    UUID appId,
    @Nullable UUID environmentId,
    UUID deploymentId,
    Instant takenAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant endedAt) {

  /** Where a lease stands. */
  public enum Status {
    ACTIVE,
    /** What runs has a value that should have been replaced by now. */
    EXPIRED,
    /** What runs has a value that nothing else gets any more. */
    REVOKED,
    /** Nothing runs with it any more. */
    ENDED
  }

  /** Where it stands. */
  public Status status(Instant now) {
    if (endedAt != null) {
      return Status.ENDED;
    }
    if (revokedAt != null) {
      return Status.REVOKED;
    }
    return expiresAt != null && !now.isBefore(expiresAt) ? Status.EXPIRED : Status.ACTIVE;
  }
}
