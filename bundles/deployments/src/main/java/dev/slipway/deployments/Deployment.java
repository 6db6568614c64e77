package dev.slipway.deployments;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to bring a version of an app to run.
 *
 * @param environmentId the environment that it goes to; null = the app's production
 * @param serverId where it runs or was to run
 * @param branch null for an image
 * @param commitSha what was asked for, or the tip of the branch where the platform keeps the source
 * @param image what is run; null until it is known
 * @param rollbackOf the deployment whose version is brought back
 * @param previewUrl where it answers, with scheme and port; null where the server's edge is unknown
 * @param errorMessage why it failed or was cancelled
 * @param createdBy null where an API key or the platform asked for it
 * @param finishedAt when it went live, or ended without
 * @param intentId its place in the queue; null where it never had to wait
 * @param approvalsRequired votes that let it start; 0 where nobody has to agree
 * @param releaseName the pet name of the build that it runs; null where nothing was built
 * @param buildId the build that it runs
 */
public record Deployment(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    UUID serverId,
    DeploymentStatus status,
    DeploymentTrigger trigger,
    @Nullable String branch,
    @Nullable String commitSha,
    @Nullable String commitMessage,
    @Nullable String image,
    @Nullable UUID rollbackOf,
    @Nullable String previewUrl,
    @Nullable String errorMessage,
    @Nullable UUID createdBy,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable UUID intentId,
    ApprovalState approvalState,
    int approvalsRequired,
    @Nullable String releaseName,
    @Nullable UUID buildId) {}
