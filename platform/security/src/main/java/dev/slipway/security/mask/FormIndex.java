package dev.slipway.security.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the longest form at a position of a text. Forms stand in sorted arrays of growing size,
 * each at least twice as long as the next; a new value adds a short one, and neighbours of like
 * size are merged, so that adding stays cheap with half a million forms. Readers take a snapshot of
 * the arrays; writers must hold the lock of their owner.
 */
final class FormIndex {
  private static final int FEW = 1_000;

  /**
   * How many values have a form; without entry the form is stale and leaves with the next merge.
   */
  private final Map<String, Integer> counts = new HashMap<>();

  private int stale;
  private volatile Snapshot snapshot = new Snapshot(List.of(), new PrefixFilter());

  void add(List<String> forms) {
    var fresh = new ArrayList<String>();
    for (var form : forms) {
      if (counts.merge(form, 1, Integer::sum) == 1) {
        fresh.add(form);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    var filter = snapshot.filter();
    fresh.forEach(filter::add);
    var runs = new ArrayList<>(snapshot.runs());
    runs.add(sorted(fresh));
    while (runs.size() > 1 && 2 * runs.getLast().length > runs.get(runs.size() - 2).length) {
      runs.add(merged(runs.removeLast(), runs.removeLast()));
    }
    snapshot = new Snapshot(List.copyOf(runs), filter);
  }

  /** Stale forms are still found until a third of all is stale: masking too much does no harm. */
  void remove(List<String> forms) {
    for (var form : forms) {
      if (counts.computeIfPresent(form, (same, count) -> count == 1 ? null : count - 1) == null) {
        stale++;
      }
    }
    if (2 * stale > counts.size() && (stale > FEW || counts.size() < FEW)) {
      var filter = new PrefixFilter();
      counts.keySet().forEach(filter::add);
      snapshot = new Snapshot(List.<String[]>of(sorted(counts.keySet())), filter);
      stale = 0;
    }
  }

  Snapshot snapshot() {
    return snapshot;
  }

  private static String[] sorted(Collection<String> forms) {
    var run = forms.toArray(String[]::new);
    Arrays.sort(run);
    return run;
  }

  private static String[] merged(String[] one, String[] other) {
    var merged = new String[one.length + other.length];
    var size = 0;
    var i = 0;
    var j = 0;
    while (i < one.length || j < other.length) {
      var order = i == one.length ? 1 : j == other.length ? -1 : one[i].compareTo(other[j]);
      merged[size++] = order <= 0 ? one[i] : other[j];
      // A form that went stale and came back stands in both.
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return size == merged.length ? merged : Arrays.copyOf(merged, size);
  }

  /**
   * What a reader works on; the filter may learn forms that the arrays do not have yet, never the
   * reverse.
   */
  record Snapshot(List<String[]> runs, PrefixFilter filter) {
    /** The length of the longest form that the text has at a position; 0 without one. */
    int longestAt(String text, int from) {
      var longest = 0;
      for (var run : runs) {
        longest = Math.max(longest, longest(run, text, from));
      }
      return longest;
    }

    /** Narrows the array character by character to the forms that agree with the text. */
    private static int longest(String[] run, String text, int from) {
      var end = Math.min(text.length() - from, Forms.LONGEST);
      var low = 0;
      var high = run.length;
      var found = 0;
      for (var depth = 0; low < high; depth++) {
        if (run[low].length() == depth) {
          found = depth;
          low++;
        }
        if (depth == end) {
          break;
        }
        if (high - low == 1) {
          return text.startsWith(run[low], from) ? run[low].length() : found;
        }
        var c = text.charAt(from + depth);
        low = first(run, low, high, depth, c);
        high = first(run, low, high, depth, c + 1);
      }
      return found;
    }

    /** The first form of the range whose character at this depth is not below {@code c}. */
    private static int first(String[] run, int low, int high, int depth, int c) {
      while (low < high) {
        var middle = (low + high) >>> 1;
        if (run[middle].charAt(depth) < c) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
