package dev.slipway.deployments.service.queue;

import org.jspecify.annotations.Nullable;

/**
 * What of an app's source is deployed.
 *
 * @param branch null for an image
 * @param commitSha null for the branch's tip in a repository elsewhere, and for an image
 */
public record Version(
    @Nullable String branch, @Nullable String commitSha, @Nullable String commitMessage) {}
