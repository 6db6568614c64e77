package dev.slipway.deployments.service.push;

import dev.slipway.deployments.store.settings.SettingsRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pushes deploy an app. A push whose paths are not all known may have touched any path: it is
 * better to deploy once too often than to leave a version out.
 */
final class AutoDeployRule {
  /** Characters of patterns times characters of paths; more are not looked through. */
  private static final long MOST_WORK = 50_000_000;

  private final SettingsRow settings;
  private final String defaultBranch;

  /**
   * The rule of an app.
   *
   * @param defaultBranch what is deployed where the settings name no branches
   */
  AutoDeployRule(SettingsRow settings, String defaultBranch) {
    this.settings = settings;
    this.defaultBranch = defaultBranch;
  }

  /** Why a push does not deploy the app itself; null where it does. */
  @Nullable String skips(Push push) {
    if (!settings.autoDeploy()) {
      return "automatic deployments of the app are off";
    }
    if (!takes(push.branch())) {
      return "the branch is none of those that deploy";
    }
    return skipsPaths(push);
  }

  /**
   * Why a push is left out for what it has changed, wherever it was to go; null where it is not.
   */
  @Nullable String skipsPaths(Push push) {
    var include = settings.includePaths();
    var ignore = settings.ignorePaths();
    if (include.isEmpty() && ignore.isEmpty() || !push.allPaths() || isMuchWork(push.paths())) {
      return null;
    }
    var counted = push.paths().stream().filter(path -> !any(ignore, path)).toList();
    if (counted.isEmpty()) {
      return "all changed paths are ignored";
    }
    return include.isEmpty() || counted.stream().anyMatch(path -> any(include, path))
        ? null
        : "no changed path is one of those that deploy";
  }

  /**
   * Whether a push is to the branch of an environment.
   *
   * @param branch null = the default one
   */
  boolean isBranchOf(@Nullable String branch, Push push) {
    return (branch == null ? defaultBranch : branch).equals(push.branch());
  }

  private boolean takes(String branch) {
    var branches = settings.autoDeployBranches();
    return branches.isEmpty() ? defaultBranch.equals(branch) : any(branches, branch);
  }

  private boolean isMuchWork(List<String> paths) {
    var patterns = length(settings.includePaths()) + length(settings.ignorePaths());
    return patterns * length(paths) > MOST_WORK;
  }

  private static long length(List<String> texts) {
    return texts.stream().mapToLong(text -> text.length() + 1L).sum();
  }

  private static boolean any(List<String> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> new Glob(pattern).matches(text));
  }
}
