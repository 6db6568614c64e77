package dev.slipway.webhooks.service;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads bring about. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private Eventually() {}

  /** Returns as soon as it holds; fails with the report if it never does. */
  public static void holds(BooleanSupplier condition, Supplier<String> report) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it never came about: " + report.get());
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
