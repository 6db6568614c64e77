package dev.slipway.logs.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of an app.
 *
 * @param levels only these; empty = all
 * @param process only of this process of the app; null = of all
 * @param after only lines behind this sequence
 */
public record Selection(
    List<String> levels,
    @Nullable String container,
    @Nullable String process,
    @Nullable Instant since,
    long after,
    int limit) {

  /** The same lines, but so many from another place. */
  public Selection from(long sequence, int count) {
    return new Selection(levels, container, process, since, sequence, count);
  }

  /** All lines. */
  public static Selection all() {
    return new Selection(List.of(), null, null, null, 0, 1);
  }
}
