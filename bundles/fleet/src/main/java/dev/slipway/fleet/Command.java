package dev.slipway.fleet;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command, without its payload: that may hold secrets and is for the agent alone.
 *
 * @param owner the feature that submitted it
 * @param referenceId what it was submitted for, such as a deployment
 * @param appId the app it concerns
 * @param phase a word of the owner's, such as {@code build}
 * @param dispatchedAt when it was last written to the agent's stream
 * @param ackedAt when the agent acknowledged it
 * @param result the agent's final output, at most 1 MiB of text; of a long command it is not the
 *     whole log
 * @param error why it failed, was cancelled or expired
 */
public record Command(
    UUID id,
    UUID tenantId,
    UUID serverId,
    CommandType type,
    CommandStatus status,
    String owner,
    @Nullable UUID referenceId,
    @Nullable UUID appId,
    @Nullable String phase,
    Instant createdAt,
    Instant deadlineAt,
    @Nullable Instant dispatchedAt,
    @Nullable Instant ackedAt,
    @Nullable Instant finishedAt,
    @Nullable String result,
    @Nullable String error) {}
