package dev.slipway.deployments.service.hook;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What GitHub tells in a webhook, as far as it is looked at; GitHub's own names. Everything may be
 * absent: whoever knows the hook's token can send anything.
 *
 * @param ref the full name of what was pushed
 * @param after its new tip
 * @param created whether it is new, so that the commits tell nothing of what is in it
 * @param forced whether commits were taken away, of which nothing is told
 */
record GithubEvent(
    @Nullable String ref,
    @Nullable String after,
    @Nullable Boolean created,
    @Nullable Boolean deleted,
    @Nullable Boolean forced,
    @Nullable Commit headCommit,
    @Nullable List<@Nullable Commit> commits,
    @Nullable String action,
    @Nullable PullRequest pullRequest) {
  /** GitHub tells no more commits than this. */
  private static final int MOST_COMMITS = 2_048;

  /** More are not looked at. */
  private static final int MOST_PATHS = 10_000;

  /** One of the commits that were pushed. */
  record Commit(
      @Nullable String message,
      @Nullable List<@Nullable String> added,
      @Nullable List<@Nullable String> removed,
      @Nullable List<@Nullable String> modified) {
    private Stream<String> paths() {
      return Stream.of(listed(added), listed(removed), listed(modified)).flatMap(List::stream);
    }
  }

  /**
   * A pull request.
   *
   * @param head what is to be merged
   * @param base what it is to be merged into
   */
  record PullRequest(@Nullable Integer number, @Nullable Side head, @Nullable Side base) {
    /** A fork that is gone is one as well. */
    boolean isFork() {
      var own = name(base);
      return own == null || !own.equals(from());
    }

    /** The repository that it comes from; null where that is gone. */
    @Nullable String from() {
      return name(head);
    }

    /** The branch that it is to be merged into. */
    @Nullable String into() {
      return base == null ? null : base.ref;
    }

    private static @Nullable String name(@Nullable Side side) {
      return side == null || side.repo == null ? null : side.repo.fullName;
    }
  }

  /** One side of a pull request. */
  record Side(@Nullable String ref, @Nullable String sha, @Nullable Repo repo) {}

  /** Where a side of a pull request lies. */
  record Repo(@Nullable String fullName) {}

  /** Whether the branch is gone. */
  boolean isDeletion() {
    return is(deleted);
  }

  /** Each path once. */
  List<String> paths() {
    return listed(commits).stream()
        .flatMap(Commit::paths)
        .distinct()
        .limit(MOST_PATHS + 1L)
        .toList();
  }

  /** Whether the paths of the commits are all that has changed. */
  boolean tellsAllPaths(List<String> paths) {
    return !is(created)
        && !is(forced)
        && !paths.isEmpty()
        && paths.size() <= MOST_PATHS
        && listed(commits).size() < MOST_COMMITS;
  }

  private static boolean is(@Nullable Boolean told) {
    return Boolean.TRUE.equals(told);
  }

  private static <T> List<T> listed(@Nullable List<@Nullable T> values) {
    return values == null ? List.of() : values.stream().filter(Objects::nonNull).toList();
  }
}
