package dev.slipway.apps.service.app;

import dev.slipway.apps.service.Text;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Branch names as git check-ref-format --branch has them, and nothing that an option parser could
 * take for its own.
 */
public final class BranchRule {
  private static final int MAX = 200;
  private static final String FORBIDDEN = " ~^:?*[\\";
  private static final Set<String> RESERVED = Set.of("@", "HEAD");

  private BranchRule() {}

  public static @Nullable String fault(String branch) {
    var unclean = Text.line(branch, MAX);
    if (unclean != null) {
      return unclean;
    }
    return isBranch(branch) ? null : "must be the name of a git branch";
  }

  private static boolean isBranch(String branch) {
    if (branch.isEmpty() || branch.startsWith("-") || RESERVED.contains(branch)) {
      return false;
    }
    if (branch.contains("..") || branch.contains("@{") || branch.endsWith(".")) {
      return false;
    }
    if (branch.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
      return false;
    }
    for (var part : branch.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || part.endsWith(".lock")) {
        return false;
      }
    }
    return true;
  }
}
