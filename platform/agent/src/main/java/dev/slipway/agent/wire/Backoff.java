package dev.slipway.agent.wire;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts: 1 s doubling to 30 s, each drawn from the upper half so that many agents
 * do not return in one moment. Not thread-safe.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 1000;
  private static final long LAST_MILLIS = 30_000;

  private final RandomGenerator random;
  private long current = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    var wait = current / 2 + random.nextLong(current / 2 + 1);
    current = Math.min(current * 2, LAST_MILLIS);
    return Duration.ofMillis(wait);
  }

  void reset() {
    current = FIRST_MILLIS;
  }
}
