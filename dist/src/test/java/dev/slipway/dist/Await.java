package dev.slipway.dist;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a condition of something that runs by itself. */
final class Await {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration LEISURE = Duration.ofMinutes(15);
  private static final long PAUSE_MILLIS = 50;

  private Await() {}

  /** May throw while what is asked is not there yet. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(String what, Condition condition) throws InterruptedException {
    until(what, LIMIT, condition);
  }

  /** For what yields to all other work of the machine. */
  static void atLeisure(String what, Condition condition) throws InterruptedException {
    until(what, LEISURE, condition);
  }

  private static void until(String what, Duration limit, Condition condition)
      throws InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
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
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what, last);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
