package dev.slipway.deployments.store.approval;

import dev.slipway.deployments.DeploymentTrigger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The place of a deployment in the queue of its app.
 *
 * @param environmentId where the deployment goes; null = the app's production
 * @param decidedBy who ended or allowed it; null where the platform did
 * @param requestedBy who asked for the deployment, or made the key that did
 * @param position from 1 among those that wait for the same place; 0 once it has left
 */
public record IntentRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    UUID deploymentId,
    @Nullable String branch,
    @Nullable String commitSha,
    DeploymentTrigger trigger,
    Reason reason,
    Status status,
    @Nullable UUID decidedBy,
    @Nullable String decisionReason,
    @Nullable UUID requestedBy,
    Instant createdAt,
    Instant updatedAt,
    int position) {

  /** Why it has to wait. */
  public enum Reason {
    DEPLOYMENT_IN_PROGRESS,
    APPROVAL_REQUIRED,
    SERVER_UNAVAILABLE,
    FREEZE,
    /** A restart, stop or start is done to the app. */
    CONCURRENCY
  }

  /** Where it stands. */
  public enum Status {
    QUEUED,
    /** Somebody let it proceed; it starts in its turn. */
    APPROVED,
    DISPATCHED,
    REJECTED,
    CANCELLED,
    EXPIRED;

    /** Whether it still is in the queue. */
    public boolean isOpen() {
      return this == QUEUED || this == APPROVED;
    }
  }
}
