package dev.slipway.events;

import java.time.Duration;

/** Pauses between attempts that double up to a limit; for one thread. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private Duration pause = FIRST;

  /** The pause before the next attempt. */
  Duration next() {
    var now = pause;
    var doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return now;
  }

  /** An attempt went well. */
  void reset() {
    pause = FIRST;
  }
}
