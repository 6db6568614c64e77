package dev.slipway.apps;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An app as it is to be run.
 *
 * @param version counted up by every change, also of the status
 * @param name 1..63 characters for people
 * @param slug unique in the tenant and fixed for life; lower-case letters, digits and single
 *     hyphens, at most 63: fit for a host name's label and for a container's name
 * @param serverId where it runs or shall run; null = the first deployment chooses
 * @param branch what is deployed where a deployment names no other
 * @param rootDirectory relative, without {@code ..}; null = the repository's root
 * @param port where the app listens, told to it as {@code PORT}
 * @param currentDeploymentId what is live, or was when it was stopped
 * @param deployAsked whether it was ever to be deployed, so that something of it may be on a server
 * @param deletionId the operation that takes it down; null unless it is being deleted
 */
public record App(
    UUID id,
    int version,
    UUID tenantId,
    String name,
    String slug,
    @Nullable UUID projectId,
    @Nullable UUID serverId,
    SourceType sourceType,
    @Nullable UUID repositoryId,
    @Nullable String repositoryUrl,
    String branch,
    @Nullable String rootDirectory,
    @Nullable String dockerfilePath,
    @Nullable String image,
    @Nullable String framework,
    @Nullable String installCommand,
    @Nullable String buildCommand,
    @Nullable String startCommand,
    int port,
    String healthCheckPath,
    int replicas,
    AppStatus status,
    @Nullable UUID currentDeploymentId,
    @Nullable String primaryDomain,
    boolean deployAsked,
    @Nullable UUID deletionId,
    Instant createdAt,
    Instant updatedAt) {

  public App {
    if ((status == AppStatus.DELETING) != (deletionId != null)) {
      throw new IllegalArgumentException("an app is being deleted by an operation, and only then");
    }
  }
}
