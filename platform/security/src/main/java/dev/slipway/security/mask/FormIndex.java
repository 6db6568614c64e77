package dev.slipway.security.mask;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the longest form at a position of a text. Forms stand in sorted runs of growing size, each
 * at least eight times as long as the next; a new value adds a short one, and neighbours of like
 * size are merged, so that adding stays cheap with half a million forms. Readers take a snapshot of
 * the runs; writers must hold the lock of their owner.
 */
final class FormIndex {
  private static final int FEW = 1_000;

  /**
   * Six runs for half a million forms, each of which is copied some twenty times while they come
   * in.
   */
  private static final int GROWTH = 8;

  /**
   * How many values have a form; without entry the form is stale and leaves when all is sorted
   * anew.
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
    runs.add(Run.of(fresh));
    while (runs.size() > 1 && GROWTH * runs.getLast().size() > runs.get(runs.size() - 2).size()) {
      runs.add(runs.removeLast().mergedWith(runs.removeLast()));
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
      snapshot = new Snapshot(List.of(Run.of(counts.keySet())), filter);
      stale = 0;
    }
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /**
   * What a reader works on; the filter may know forms that the runs do not have yet, never the
   * reverse.
   */
  record Snapshot(List<Run> runs, PrefixFilter filter) {
    /** The length of the longest form that the text has at a position; 0 without one. */
    int longestAt(String text, int from) {
      var longest = 0;
      for (var run : runs) {
        longest = Math.max(longest, run.longestAt(text, from));
      }
      return longest;
    }
  }
}
