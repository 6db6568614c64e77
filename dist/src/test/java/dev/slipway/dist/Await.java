package dev.slipway.dist;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a condition of something that runs by itself. */
final class Await {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long PAUSE_MILLIS = 50;

  private Await() {}

  /** May throw while what is asked is not there yet. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(String what, Condition condition) throws InterruptedException {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      Exception last = null;
      try {
        if (condition.holds()) {
          return;
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what, last);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
