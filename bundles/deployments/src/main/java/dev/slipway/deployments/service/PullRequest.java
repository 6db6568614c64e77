package dev.slipway.deployments.service;

import org.jspecify.annotations.Nullable;

/**
 * A pull request with its newest commit.
 *
 * @param fork the repository that it comes from, {@code owner/name}; null = the app's own
 */
record PullRequest(int number, String branch, String commitSha, @Nullable Fork fork) {

  /**
   * Somebody else's repository.
   *
   * @param name {@code owner/name}; null where it is gone
   */
  record Fork(@Nullable String name) {}

  boolean isFork() {
    return fork != null;
  }
}
