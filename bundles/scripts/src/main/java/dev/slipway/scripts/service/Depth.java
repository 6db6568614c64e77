package dev.slipway.scripts.service;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How deep values are nested. What is written as JSON has a bound on that, and what is kept is
 * written again inside of others: so it has to stay far below.
 */
final class Depth {
  /** For what scripts return and what is posted to them. */
  static final int MOST = 200;

  /** For whole events, which hold what was posted. */
  static final int MOST_OF_EVENT = MOST + 20;

  private Depth() {}

  /**
   * Whether no list or object lies in more than so many others.
   *
   * @param value plain JSON values
   */
  static boolean fits(@Nullable Object value, int most) {
    return switch (value) {
      case List<?> list -> most > 0 && list.stream().allMatch(entry -> fits(entry, most - 1));
      case Map<?, ?> map ->
          most > 0 && map.values().stream().allMatch(member -> fits(member, most - 1));
      case null, default -> true;
    };
  }
}
