package dev.slipway.deployments.service;

import org.jspecify.annotations.Nullable;

/**
 * What of an app's source is deployed.
 *
 * @param branch null for an image
 * @param commitSha null for the branch's tip in a repository elsewhere, and for an image
 */
record Version(
    @Nullable String branch, @Nullable String commitSha, @Nullable String commitMessage) {}
