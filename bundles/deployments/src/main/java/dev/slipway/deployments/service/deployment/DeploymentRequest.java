package dev.slipway.deployments.service.deployment;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a deployment; null leaves a choice to the app's settings.
 *
 * @param message what to note as the commit's message where the source tells none
 * @param overrides variables for this deployment alone
 * @param noCache whether the build must not use what earlier ones left
 * @param repositoryUrl where the source is instead of where the app's is
 */
public record DeploymentRequest(
    @Nullable String branch,
    @Nullable String commitSha,
    @Nullable String image,
    @Nullable String message,
    Map<String, String> overrides,
    boolean noCache,
    @Nullable UUID environmentId,
    @Nullable UUID serverId,
    @Nullable String repositoryUrl) {

  /** One for the app's own source. */
  public DeploymentRequest(
      @Nullable String branch,
      @Nullable String commitSha,
      @Nullable String image,
      @Nullable String message,
      Map<String, String> overrides,
      boolean noCache,
      @Nullable UUID environmentId,
      @Nullable UUID serverId) {
    this(branch, commitSha, image, message, overrides, noCache, environmentId, serverId, null);
  }

  /** The keys of the variables alone. */
  @Override
  public String toString() {
    return "DeploymentRequest[" + branch + ", " + commitSha + ", " + image + "]";
  }
}
