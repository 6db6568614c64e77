package dev.slipway.deployments.service.preview;

import org.jspecify.annotations.Nullable;

/**
 * A pull request with its newest commit.
 *
 * @param fork the repository that it comes from, {@code owner/name}; null = the app's own
 */
public record PullRequest(int number, String branch, String commitSha, @Nullable Fork fork) {

  /**
   * Somebody else's repository.
   *
   * @param name {@code owner/name}; null where it is gone
   */
  public record Fork(@Nullable String name) {}

  public boolean isFork() {
    return fork != null;
  }
}
