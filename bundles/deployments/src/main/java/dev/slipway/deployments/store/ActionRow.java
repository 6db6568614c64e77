package dev.slipway.deployments.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Restart, stop, start or teardown of an app, or the way back from a rollout.
 *
 * @param environmentId where it is done; null = in the app's production, or all over the app
 * @param deploymentId the version that it is done to; null for a teardown
 * @param error why it failed
 * @param lookedAt when the sweeper last had it in hand
 */
public record ActionRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    @Nullable UUID deploymentId,
    Kind kind,
    Status status,
    UUID operationId,
    @Nullable String error,
    Instant createdAt,
    @Nullable Instant finishedAt,
    Instant lookedAt) {

  /** Where it is done. */
  public Place place() {
    return new Place(appId, environmentId);
  }

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
