package dev.slipway.agent.runtime.docker;

/**
 * A pattern of a {@code .dockerignore}: {@code *} is any run of characters but {@code /}, {@code
 * **} any run at all, {@code **}{@code /} any number of folders or none, {@code ?} one character
 * but {@code /}. All else stands for itself. A tenant writes it: whatever it is, a look takes no
 * longer than the product of both lengths.
 */
record IgnorePattern(String text) {

  /** Whether it fits a path, or a folder above it. */
  boolean matches(String path) {
    // Which places of the path the part of the pattern looked at so far can reach.
    var at = new boolean[path.length() + 1];
    at[0] = true;
    for (int i = 0; i < text.length(); ) {
      if (text.startsWith("**/", i)) {
        folders(at, path);
        i += 3;
      } else if (text.startsWith("**", i)) {
        run(at, path, true);
        i += 2;
      } else if (text.charAt(i) == '*') {
        run(at, path, false);
        i++;
      } else {
        one(at, path, text.charAt(i));
        i++;
      }
    }
    for (int p = 0; p < path.length(); p++) {
      if (at[p] && path.charAt(p) == '/') {
        return true;
      }
    }
    return at[path.length()];
  }

  /** From each place reached on to each that follows a {@code /} behind it. */
  private static void folders(boolean[] at, String path) {
    boolean reached = at[0];
    for (int p = 1; p < at.length; p++) {
      boolean before = reached;
      reached |= at[p];
      at[p] |= before && path.charAt(p - 1) == '/';
    }
  }

  private static void run(boolean[] at, String path, boolean overFolders) {
    for (int p = 1; p < at.length; p++) {
      at[p] |= at[p - 1] && (overFolders || path.charAt(p - 1) != '/');
    }
  }

  private static void one(boolean[] at, String path, char wanted) {
    for (int p = at.length - 1; p > 0; p--) {
      char c = path.charAt(p - 1);
      at[p] = at[p - 1] && (wanted == '?' ? c != '/' : c == wanted);
    }
    at[0] = false;
  }
}
