package dev.slipway.deployments.store.build;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a build.
 *
 * @param releaseName a pet name, unique in the tenant
 * @param framework what the agent found in the source: name and version
 * @param runtime the language it runs on: name and version
 * @param base the image that it stands on: image and digest
 * @param builder {@code dockerfile}, {@code generated}, or {@code host} where there are no
 *     containers
 */
public record BuildRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    UUID deploymentId,
    String releaseName,
    @Nullable String commitSha,
    @Nullable String branch,
    Map<String, @Nullable String> framework,
    Map<String, @Nullable String> runtime,
    Map<String, @Nullable String> base,
    @Nullable String image,
    String builder,
    long durationMs,
    Status status,
    Instant createdAt) {

  /** How it ended. */
  public enum Status {
    SUCCEEDED,
    FAILED
  }
}
