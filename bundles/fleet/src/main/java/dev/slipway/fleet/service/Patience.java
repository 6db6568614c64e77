package dev.slipway.fleet.service;

import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Repeats work while the database is away. An agent says a result once: losing it to a database
 * that restarts would fail a deployment that succeeded. Meanwhile the caller's thread is held, and
 * with it the agent's stream.
 */
public final class Patience {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private Patience() {}

  /** Returns what the work does, once that was possible. */
  public static <T> T patiently(Supplier<T> work) {
    var until = System.nanoTime() + LONGEST.toNanos();
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        return work.get();
      } catch (PlatformException failure) {
        var passing = failure.code().kind() == ErrorKind.UNAVAILABLE;
        if (!passing || System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
          throw failure;
        }
      }
      LockSupport.parkNanos(pause.toNanos());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }
}
