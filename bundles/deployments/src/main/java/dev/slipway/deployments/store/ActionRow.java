package dev.slipway.deployments.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Restart, stop, start or teardown of an app, or the way back from a rollout.
 *
 * @param deploymentId the version that it is done to; null for a teardown
 * @param error why it failed
 * @param lookedAt when the sweeper last had it in hand
 */
public record ActionRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID deploymentId,
    Kind kind,
    Status status,
    UUID operationId,
    @Nullable String error,
    Instant createdAt,
    @Nullable Instant finishedAt,
    Instant lookedAt) {

  /** What is done. */
  public enum Kind {
    RESTART,
    STOP,
    START,
    TEARDOWN,
    /** The requests go back to the version before. */
    RETURN
  }

  /** Where it stands. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED
  }
}
