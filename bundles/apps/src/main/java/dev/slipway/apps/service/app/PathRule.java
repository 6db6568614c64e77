package dev.slipway.apps.service.app;

import dev.slipway.apps.service.Text;
import org.jspecify.annotations.Nullable;

/** Paths in a repository, and paths of an app's URLs. */
final class PathRule {
  private static final int MAX_FILE = 512;
  private static final int MAX_URL = 1024;

  private PathRule() {}

  /** A path that stays inside the repository. */
  static @Nullable String inRepository(String path) {
    var unclean = Text.line(path, MAX_FILE);
    if (unclean != null) {
      return unclean;
    }
    var fine = !path.startsWith("/") && !path.startsWith("-") && path.indexOf('\\') < 0;
    return fine && !climbs(path) && !path.contains("//")
        ? null
        : "must be a relative path inside the repository, without ..";
  }

  private static boolean climbs(String path) {
    for (var part : path.split("/", -1)) {
      if (part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /** The path of a health check; two slashes in front would name another host. */
  static @Nullable String ofUrl(String path) {
    if (path.length() > MAX_URL) {
      return "must have at most " + MAX_URL + " characters";
    }
    var fine = path.startsWith("/") && !path.startsWith("//") && Text.isPlain(path);
    return fine && path.indexOf('#') < 0 && path.indexOf('\\') < 0
        ? null
        : "must be a path that starts with a single /";
  }
}
