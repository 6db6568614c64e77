package dev.slipway.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Waits for a condition of something that runs by itself. */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LEISURE = Duration.ofMinutes(4);

  private Await() {}

  /** May hold later. */
  public interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Fails where it does not hold soon. */
  public static void until(String what, Condition condition) throws InterruptedException {
    until(what, LIMIT, condition);
  }

  /** For what takes its time by itself. */
  static void atLeisure(String what, Condition condition) throws InterruptedException {
    until(what, LEISURE, condition);
  }

  private static void until(String what, Duration limit, Condition condition)
      throws InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!condition.holds()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
        }
        Thread.sleep(20);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(what, e);
    }
  }
}
