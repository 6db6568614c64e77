package dev.slipway.deployments.service.push;

import java.util.Arrays;

/**
 * A pattern of paths or branches: {@code *} is any run of characters but {@code /}, {@code **} any
 * run at all, {@code **}{@code /} any number of folders or none, {@code ?} one character but {@code
 * /}; at the end {@code /} is everything below. All else stands for itself, and the whole text must
 * fit. Whatever the pattern, a look takes no longer than the product of both lengths.
 */
record Glob(String pattern) {

  /** Whether a text fits. */
  boolean matches(String text) {
    var at = new boolean[text.length() + 1];
    at[0] = true;
    var rule = pattern.endsWith("/") ? pattern + "**" : pattern;
    for (var i = 0; i < rule.length(); ) {
      if (rule.startsWith("**/", i)) {
        folders(at, text);
        i += 3;
      } else if (rule.startsWith("**", i)) {
        run(at, text, true);
        i += 2;
      } else if (rule.charAt(i) == '*') {
        run(at, text, false);
        i++;
      } else {
        one(at, text, rule.charAt(i));
        i++;
      }
    }
    return at[text.length()];
  }

  /** From each place reached on to each that follows a {@code /} behind it. */
  private static void folders(boolean[] at, String text) {
    var reached = at[0];
    for (var p = 1; p < at.length; p++) {
      var before = reached;
      reached |= at[p];
      at[p] |= before && text.charAt(p - 1) == '/';
    }
  }

  private static void run(boolean[] at, String text, boolean overFolders) {
    for (var p = 1; p < at.length; p++) {
      at[p] |= at[p - 1] && (overFolders || text.charAt(p - 1) != '/');
    }
  }

  private static void one(boolean[] at, String text, char wanted) {
    var before = Arrays.copyOf(at, at.length);
    at[0] = false;
    for (var p = 1; p < at.length; p++) {
      var c = text.charAt(p - 1);
      at[p] = before[p - 1] && (wanted == '?' ? c != '/' : c == wanted);
    }
  }
}
