package dev.slipway.compose;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is found on the way through a file: all that is wrong, and what has no effect. */
final class Findings {
  /** Enough to work on; a file can be wrong in thousands of places. */
  private static final int MOST = 30;

  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  void problem(String path, String message) {
    add(problems, path + ": " + message);
  }

  void warning(String path, String message) {
    add(warnings, path + ": " + message);
  }

  private static void add(Set<String> found, String text) {
    if (found.size() < MOST) {
      found.add(text);
    }
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Throws where something is wrong. */
  void check() throws ComposeFault {
    if (!problems.isEmpty()) {
      throw new ComposeFault(new ArrayList<>(problems));
    }
  }
}
