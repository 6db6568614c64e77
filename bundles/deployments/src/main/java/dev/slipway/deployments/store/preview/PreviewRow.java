package dev.slipway.deployments.store.preview;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pull request that runs in an environment of its own.
 *
 * @param deploymentId the newest
 * @param fork whether it comes from somebody else's repository
 * @param secrets whether it gets the secrets that are meant for previews
 * @param expiresAt when it is closed, unless it is updated before
 * @param closedAt null while it is open
 */
public record PreviewRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    UUID environmentId,
    @Nullable UUID deploymentId,
    int pullRequestNumber,
    String branch,
    String commitSha,
    boolean fork,
    boolean secrets,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt,
    @Nullable Instant closedAt,
    @Nullable String closeReason) {}
