package dev.slipway.security.mask;

import java.util.Arrays;
import java.util.Collection;

/**
 * Forms in order.
 *
 * @param forms sorted, each once
 * @param parents for each the index of the longest other form that it begins with, -1 without one
 */
record Run(String[] forms, int[] parents) {

  static Run of(Collection<String> forms) {
    var sorted = forms.toArray(String[]::new);
    Arrays.sort(sorted);
    return of(sorted);
  }

  private static Run of(String[] sorted) {
    var parents = new int[sorted.length];
    for (var i = 0; i < sorted.length; i++) {
      var parent = i - 1;
      while (parent >= 0 && !sorted[i].startsWith(sorted[parent])) {
        parent = parents[parent];
      }
      parents[i] = parent;
    }
    return new Run(sorted, parents);
  }

  Run mergedWith(Run other) {
    var merged = new String[size() + other.size()];
    var size = 0;
    var i = 0;
    var j = 0;
    while (i < size() || j < other.size()) {
      var order = i == size() ? 1 : j == other.size() ? -1 : forms[i].compareTo(other.forms[j]);
      merged[size++] = order <= 0 ? forms[i] : other.forms[j];
      // A form that went stale and came back stands in both.
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return of(Arrays.copyOf(merged, size));
  }

  int size() {
    return forms.length;
  }

  /**
   * The length of the longest form that the text has at a position; 0 without one. Every such form
   * is a beginning of the last form that is not greater than the text, so it is that one or among
   * its parents.
   */
  int longestAt(String text, int from) {
    var end = Math.min(text.length() - from, Forms.LONGEST);
    var low = -1;
    var high = forms.length;
    var agreesWithLow = 0;
    var agreesWithHigh = 0;
    while (high - low > 1) {
      var middle = (low + high) >>> 1;
      var form = forms[middle];
      // All between low and high agree with the text at least as far as both do.
      var agrees = Math.min(agreesWithLow, agreesWithHigh);
      var limit = Math.min(end, form.length());
      while (agrees < limit && form.charAt(agrees) == text.charAt(from + agrees)) {
        agrees++;
      }
      if (agrees == form.length()
          || (agrees < end && form.charAt(agrees) < text.charAt(from + agrees))) {
        low = middle;
        agreesWithLow = agrees;
      } else {
        high = middle;
        agreesWithHigh = agrees;
      }
    }
    while (low >= 0 && forms[low].length() > agreesWithLow) {
      low = parents[low];
    }
    return low < 0 ? 0 : forms[low].length();
  }
}
