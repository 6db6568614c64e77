package dev.slipway.accounts.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's password.
 *
 * @param id the user
 * @param failedLogins since the last good one, or since the last lock ended
 */
public record Credential(
    UUID id, String passwordHash, int failedLogins, @Nullable Instant lockedUntil) {

  /** A new password, never tried yet. */
  public static Credential fresh(UUID userId, String passwordHash) {
    return new Credential(userId, passwordHash, 0, null);
  }
}
