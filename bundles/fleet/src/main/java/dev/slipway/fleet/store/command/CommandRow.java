package dev.slipway.fleet.store.command;

import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command with what only fleet may see.
 *
 * @param payload sealed; null once the command is final
 * @param streamId the stream it was last written to
 * @param lostAt since when that stream is known to be gone
 */
public record CommandRow(
    UUID id,
    UUID tenantId,
    UUID serverId,
    CommandType type,
    CommandStatus status,
    String owner,
    @Nullable UUID referenceId,
    @Nullable UUID appId,
    @Nullable String phase,
    @Nullable String idempotencyKey,
    @Nullable String payload,
    Instant createdAt,
    Instant deadlineAt,
    @Nullable Instant dispatchedAt,
    @Nullable Instant ackedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant cancelAskedAt,
    @Nullable UUID streamId,
    @Nullable Instant lostAt,
    @Nullable String result,
    @Nullable String error) {

  /** As others see it. */
  public Command toCommand() {
    return new Command(
        id,
        tenantId,
        serverId,
        type,
        status,
        owner,
        referenceId,
        appId,
        phase,
        createdAt,
        deadlineAt,
        dispatchedAt,
        ackedAt,
        finishedAt,
        result,
        error);
  }
}
