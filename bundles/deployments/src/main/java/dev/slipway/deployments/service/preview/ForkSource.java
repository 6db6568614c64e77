package dev.slipway.deployments.service.preview;

import dev.slipway.apps.App;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the source of a fork is fetched: from the host of the app's own repository and nowhere
 * else, whatever the pull request says.
 */
final class ForkSource {
  private static final Pattern NAME = Pattern.compile("\\w[\\w.-]{0,99}/\\w[\\w.-]{0,99}");
  private static final Pattern OWN =
      Pattern.compile("(?:https?://|ssh://(?:[^@/]+@)?|[^@/:]+@)([^/:]+)[/:].*");

  private ForkSource() {}

  /** Null where it can not be fetched. */
  static @Nullable String of(App app, PullRequest request) {
    var fork = request.fork();
    if (fork == null || fork.name() == null || app.repositoryUrl() == null) {
      return null;
    }
    var own = OWN.matcher(app.repositoryUrl());
    return own.matches() && NAME.matcher(fork.name()).matches() && !fork.name().contains("..")
        ? "https://" + own.group(1) + "/" + fork.name() + ".git"
        : null;
  }
}
