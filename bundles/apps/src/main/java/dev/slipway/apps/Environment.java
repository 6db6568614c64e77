package dev.slipway.apps;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place that an app is deployed to, such as its staging.
 *
 * @param version counted up by every change, also of the status
 * @param name 1..40 characters for people, unique in the app
 * @param slug unique in the app and fixed for life, of the same form as an app's
 * @param stage which variables it gets
 * @param branch what is deployed to it; null = the app's
 * @param serverId where it runs or shall run; null = the app's server, else the first deployment
 *     chooses
 * @param hostname public name it answers on, unique on the platform; set together with {@code
 *     domainId} and {@code hostnameAt}
 * @param autoDeploy whether a push to its branch deploys
 * @param isProtected whether a deployment to it needs an approval
 * @param promotesFromId the environment of the same app whose version comes here next
 */
public record Environment(
    UUID id,
    int version,
    UUID tenantId,
    UUID appId,
    String name,
    String slug,
    Stage stage,
    @Nullable String branch,
    @Nullable UUID serverId,
    @Nullable String hostname,
    @Nullable UUID domainId,
    @Nullable Instant hostnameAt,
    boolean autoDeploy,
    boolean isProtected,
    @Nullable UUID promotesFromId,
    @Nullable UUID currentDeploymentId,
    EnvironmentStatus status,
    Instant createdAt,
    Instant updatedAt) {

  /** The same environment under another public name. */
  public Environment named(String newHostname, UUID newDomainId, Instant now) {
    return new Environment(
        id,
        version,
        tenantId,
        appId,
        name,
        slug,
        stage,
        branch,
        serverId,
        newHostname,
        newDomainId,
        now,
        autoDeploy,
        isProtected,
        promotesFromId,
        currentDeploymentId,
        status,
        createdAt,
        now);
  }

  /** The same environment on another server. */
  public Environment on(UUID newServerId, Instant now) {
    return new Environment(
        id,
        version,
        tenantId,
        appId,
        name,
        slug,
        stage,
        branch,
        newServerId,
        hostname,
        domainId,
        hostnameAt,
        autoDeploy,
        isProtected,
        promotesFromId,
        currentDeploymentId,
        status,
        createdAt,
        now);
  }

  /** The same environment where it stands now. */
  public Environment at(EnvironmentStatus newStatus, @Nullable UUID newDeploymentId, Instant now) {
    return new Environment(
        id,
        version,
        tenantId,
        appId,
        name,
        slug,
        stage,
        branch,
        serverId,
        hostname,
        domainId,
        hostnameAt,
        autoDeploy,
        isProtected,
        promotesFromId,
        newDeploymentId,
        newStatus,
        createdAt,
        now);
  }
}
