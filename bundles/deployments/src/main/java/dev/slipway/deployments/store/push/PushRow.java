package dev.slipway.deployments.store.push;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a push at one place.
 *
 * @param environmentId null = the app's production
 * @param delivery the same whenever the same push is told again
 * @param changedPaths how many; null where they are not known
 * @param reason why it led to no deployment
 * @param pushedBy null where nobody in particular did
 */
public record PushRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    String delivery,
    String branch,
    String commitSha,
    @Nullable String message,
    @Nullable Integer changedPaths,
    Outcome outcome,
    @Nullable String reason,
    @Nullable UUID deploymentId,
    @Nullable UUID pushedBy,
    Instant createdAt) {

  /** What became of it. */
  public enum Outcome {
    DEPLOYED,
    /** The rule leaves it out. */
    SKIPPED,
    /** The rule takes it, and the deployment was refused. */
    REFUSED
  }
}
