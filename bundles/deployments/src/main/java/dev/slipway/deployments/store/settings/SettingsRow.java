package dev.slipway.deployments.store.settings;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deployment defaults of an app and its rule for automatic deployments.
 *
 * @param defaultBranch null = the app's
 * @param defaultEnvironmentId where a deployment goes that names no environment; null = the app's
 *     production
 * @param autoDeploy whether a push deploys
 * @param autoDeployBranches patterns of the branches whose pushes deploy; empty = the default one
 * @param includePaths patterns of which a push must touch one; empty = any
 * @param ignorePaths patterns of paths that do not count
 * @param requireCiSuccess kept for the CI feature; nothing asks for it yet
 * @param previewEnabled whether pull requests get previews
 * @param keepDeployments kept for the cleaning of images; nothing asks for it yet
 */
public record SettingsRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable String defaultBranch,
    @Nullable UUID defaultEnvironmentId,
    boolean autoDeploy,
    List<String> autoDeployBranches,
    List<String> includePaths,
    List<String> ignorePaths,
    boolean requireCiSuccess,
    boolean previewEnabled,
    Concurrency concurrency,
    int buildTimeoutSeconds,
    int keepDeployments,
    Instant updatedAt) {

  /** The same with another default branch. */
  public SettingsRow withBranch(String branch) {
    return new SettingsRow(
        id,
        tenantId,
        appId,
        branch,
        defaultEnvironmentId,
        autoDeploy,
        autoDeployBranches,
        includePaths,
        ignorePaths,
        requireCiSuccess,
        previewEnabled,
        concurrency,
        buildTimeoutSeconds,
        keepDeployments,
        updatedAt);
  }
}
