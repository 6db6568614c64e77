package dev.slipway.apps.service.runtime;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where in an app a volume may be. It is never a path of the host. */
final class MountPathRule {
  private static final int MAX = 255;

  /** A colon or comma would begin another member of what engines take. */
  private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9._@+-]+)+");

  /** The system's own, with all that is below them. */
  private static final Set<String> SYSTEM =
      Set.of("proc", "sys", "dev", "etc", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "boot");

  /** What later versions bring anew would be hidden by what the first one brought. */
  private static final Set<String> PROGRAMS = Set.of("/usr", "/usr/bin", "/usr/lib", "/src");

  private MountPathRule() {}

  static @Nullable String fault(String path) {
    if (path.length() > MAX) {
      return "must have at most " + MAX + " characters";
    }
    var steps = List.of(path.split("/"));
    if (!FORM.matcher(path).matches() || steps.contains(".") || steps.contains("..")) {
      return "must be an absolute path such as /data, without . and .., and not / itself";
    }
    if (SYSTEM.contains(steps.get(1)) || PROGRAMS.contains(path)) {
      return "must not be a folder of the system or the app's own folder";
    }
    return null;
  }

  /** Whether one lies within the other, or is the other. */
  static boolean overlap(String one, String other) {
    return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
  }
}
