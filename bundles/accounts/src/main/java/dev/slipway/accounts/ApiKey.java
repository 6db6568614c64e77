package dev.slipway.accounts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credential of a tenant for programs.
 *
 * @param hash lower-case hex of the raw key's SHA-256
 * @param preview the raw key's last 8 characters
 * @param active false for good once it is revoked
 * @param createdBy the user, or the admin key that made it
 * @param lastUsedAt exact to some minutes
 */
public record ApiKey(
    UUID id,
    UUID tenantId,
    String name,
    String hash,
    String preview,
    Authority authority,
    boolean active,
    UUID createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {

  /** What a key may do in its tenant. */
  public enum Authority {
    /** As an admin; in the root tenant alone. */
    ADMIN,
    /** As a member. */
    USER
  }
}
