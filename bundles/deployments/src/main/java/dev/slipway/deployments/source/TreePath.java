package dev.slipway.deployments.source;

import dev.slipway.deployments.DeploymentsError;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.regex.Pattern;

/** Paths inside an uploaded folder. */
final class TreePath {
  private static final int LONGEST = 1024;
  private static final int LONGEST_SHOWN = 100;
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");

  private TreePath() {}

  /** The path of an entry without {@code ./}; refuses what would not stay in the folder. */
  static String of(String name) {
    var path = name;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    if (!isInside(path)) {
      throw refused(path);
    }
    return path;
  }

  /** Whether a path without {@code ./} stays in the folder and can be printed. */
  static boolean isInside(String path) {
    // The replacement character: the name was no UTF-8.
    if (path.length() > LONGEST
        || path.isEmpty()
        || UNPRINTABLE.matcher(path).find()
        || path.indexOf('\uFFFD') >= 0) {
      return false;
    }
    for (var part : path.split("/", -1)) {
      var lower = part.toLowerCase(Locale.ROOT);
      if (part.isEmpty() || part.equals(".") || part.equals("..") || lower.equals(".git")) {
        return false;
      }
    }
    return true;
  }

  /** The refusal of such a path. */
  static RuntimeException refused(String path) {
    return DeploymentsError.ARCHIVE_INVALID.of(shown(path) + " is no path inside the folder");
  }

  /** Whether a link at this path leads to a place in the same folder. */
  static boolean staysInside(String path, String target) {
    if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
      return false;
    }
    var at = new ArrayDeque<String>();
    var parts = path.split("/", -1);
    for (var i = 0; i < parts.length - 1; i++) {
      at.addLast(parts[i]);
    }
    for (var part : target.split("/", -1)) {
      if (part.equals("..")) {
        if (at.pollLast() == null) {
          return false;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        at.addLast(part);
      }
    }
    return at.stream().noneMatch(part -> part.equalsIgnoreCase(".git"));
  }

  /** As it may stand in a message. */
  static String shown(String path) {
    var printable = UNPRINTABLE.matcher(path).replaceAll("?");
    return printable.length() <= LONGEST_SHOWN
        ? printable
        : printable.substring(0, LONGEST_SHOWN) + "…";
  }
}
