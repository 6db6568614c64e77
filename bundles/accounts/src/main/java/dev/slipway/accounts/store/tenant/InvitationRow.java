package dev.slipway.accounts.store.tenant;

import dev.slipway.api.Role;
import java.time.Instant;
import java.util.UUID;

/**
 * An invitation.
 *
 * @param tokenHash lower-case hex of the mailed token's SHA-256
 */
public record InvitationRow(
    UUID id,
    UUID tenantId,
    String email,
    String emailKey,
    Role role,
    String tokenHash,
    Status status,
    UUID invitedBy,
    Instant expiresAt,
    Instant createdAt) {

  /** Where it stands. */
  public enum Status {
    PENDING,
    ACCEPTED
  }
}
