package dev.slipway.fleet.store.removal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something left on a server that nobody wants any more.
 *
 * @param commandId the command that removes it right now
 */
public record OrphanRow(
    UUID id,
    UUID tenantId,
    UUID serverId,
    @Nullable String machineId,
    Kind kind,
    String name,
    @Nullable String ownerKind,
    @Nullable UUID ownerId,
    String reason,
    Status status,
    int attempts,
    @Nullable String lastError,
    @Nullable Instant nextAttemptAt,
    @Nullable UUID commandId,
    Instant createdAt) {

  /** What it is. */
  public enum Kind {
    CONTAINER,
    VOLUME,
    NETWORK,
    COMPOSE_PROJECT,
    ROUTE,
    IMAGE
  }

  /** Where it stands. */
  public enum Status {
    PENDING,
    SWEEPING,
    /** Tried often enough; an operator has to look. */
    FAILED
  }
}
