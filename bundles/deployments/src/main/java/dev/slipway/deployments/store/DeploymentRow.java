package dev.slipway.deployments.store;

import dev.slipway.apps.AppStatus;
import dev.slipway.deployments.ApprovalState;
import dev.slipway.deployments.Deployment;
import dev.slipway.deployments.DeploymentStatus;
import dev.slipway.deployments.DeploymentTrigger;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deployment with what the work on it needs.
 *
 * @param environmentId where it goes; null = the app's production
 * @param projectId the app's project, to filter by
 * @param promotedFrom the deployment of another place whose build it runs
 * @param reason why somebody rolled back
 * @param liveAt when it went live
 * @param recipe the app's settings as they were when it was asked for
 * @param overrides sealed JSON of the variables that hold for this deployment alone
 * @param cloneDir where its source lies on the server
 * @param appStatusBefore where the app stood when it started
 * @param progressSeq number of the last progress event
 * @param lookedAt when the sweeper last had it in hand
 * @param intentId its place in the queue; null where it never had to wait
 * @param approvalsRequired votes that let it start; 0 where nobody has to agree
 * @param approvalUntil when it is called off without them; null = never
 * @param releaseName the pet name of the build that it runs
 * @param buildId the build that it runs
 * @param variables sealed JSON of hashes of the variables that it ran with, by key
 */
public record DeploymentRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    @Nullable UUID projectId,
    UUID serverId,
    DeploymentStatus status,
    DeploymentTrigger trigger,
    @Nullable String branch,
    @Nullable String commitSha,
    @Nullable String commitMessage,
    @Nullable String image,
    @Nullable UUID rollbackOf,
    @Nullable UUID promotedFrom,
    @Nullable String reason,
    @Nullable String previewUrl,
    @Nullable String errorMessage,
    @Nullable UUID createdBy,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant liveAt,
    @Nullable Instant finishedAt,
    UUID operationId,
    Map<String, @Nullable Object> recipe,
    @Nullable String overrides,
    boolean noCache,
    @Nullable String cloneDir,
    @Nullable AppStatus appStatusBefore,
    int progressSeq,
    Instant lookedAt,
    @Nullable UUID intentId,
    ApprovalState approvalState,
    int approvalsRequired,
    @Nullable Instant approvalUntil,
    @Nullable String releaseName,
    @Nullable UUID buildId,
    @Nullable String variables) {

  /** Where it goes. */
  public Place place() {
    return new Place(appId, environmentId);
  }

  /** Whether it runs what ran before, so that nothing is built. */
  public boolean isAgain() {
    return rollbackOf != null || promotedFrom != null;
  }

  /** Where {@link #overrides} opens. */
  public static String overridesPlace(UUID id) {
    return "deployments_deployment/" + id + "/overrides";
  }

  /** Where {@link #variables} opens. */
  public static String variablesPlace(UUID id) {
    return "deployments_deployment/" + id + "/variables";
  }

  /** What others may see of it. */
  public Deployment toDeployment() {
    return new Deployment(
        id,
        tenantId,
        appId,
        environmentId,
        serverId,
        status,
        trigger,
        branch,
        commitSha,
        commitMessage,
        image,
        rollbackOf,
        previewUrl,
        errorMessage,
        createdBy,
        createdAt,
        startedAt,
        finishedAt,
        intentId,
        approvalState,
        approvalsRequired,
        releaseName,
        buildId);
  }
}
