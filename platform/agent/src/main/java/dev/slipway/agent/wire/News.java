package dev.slipway.agent.wire;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the heartbeat when something happened that should not wait for the interval. Thread-safe.
 */
public final class News {
  private final Semaphore signal = new Semaphore(0);

  public void happened() {
    signal.release();
  }

  /** Returns when something happened since the last wait, or when the time is over. */
  void await(Duration limit) throws InterruptedException {
    signal.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
    signal.drainPermits();
  }
}
