package dev.slipway.deployments.store.preview;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A preview with what its deployments say of it.
 *
 * @param url where it answers; null while nothing runs
 */
public record ShownPreview(
    UUID id,
    UUID appId,
    UUID environmentId,
    @Nullable UUID deploymentId,
    String branch,
    int pullRequestNumber,
    String commitSha,
    @Nullable String url,
    Status status,
    boolean fork,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt,
    @Nullable Instant closedAt,
    @Nullable String closeReason) {

  /** Where a preview stands. */
  public enum Status {
    BUILDING,
    LIVE,
    /** The newest commit could not be brought to run. */
    FAILED,
    CLOSED
  }
}
