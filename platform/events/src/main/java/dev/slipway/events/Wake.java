package dev.slipway.events;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets one thread sleep until others have news for it; news that comes while it works is kept,
 * once.
 */
final class Wake {
  private final Semaphore news = new Semaphore(0);

  void up() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  /** Waits for news, but no longer than this. */
  void await(Duration longest) throws InterruptedException {
    if (news.tryAcquire(Math.max(0, longest.toMillis()), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }
}
