package dev.slipway.scriptworker.graal;

import dev.slipway.scriptworker.Host;
import dev.slipway.scriptworker.wire.Limits;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the present run every few milliseconds. It stays awake for a while after a run: to be
 * woken with each costs more than a short run does in between.
 */
final class Watchdog {
  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(5);

  /** How often it looks in vain before it sleeps. */
  private static final int MOST_IDLE = 200;

  private final Thread thread;
  private volatile @Nullable Watch watch;
  private volatile boolean asleep;

  Watchdog() {
    thread = Thread.ofPlatform().daemon().name("watchdog").start(this::run);
  }

  /** Begins to watch this thread. */
  Watch begin(Limits limits, Host host) {
    var begun = new Watch(limits, host);
    watch = begun;
    if (asleep) {
      LockSupport.unpark(thread);
    }
    return begun;
  }

  private void run() {
    var idle = 0;
    while (true) {
      var current = watch;
      if (current != null && !current.over()) {
        idle = 0;
        current.look();
      } else {
        idle++;
      }
      if (idle < MOST_IDLE) {
        LockSupport.parkNanos(this, PERIOD);
      } else {
        sleep();
        idle = 0;
      }
    }
  }

  /** Whoever begins meanwhile either sees that it sleeps or is seen before it does. */
  private void sleep() {
    asleep = true;
    var current = watch;
    if (current == null || current.over()) {
      LockSupport.park(this);
    }
    asleep = false;
  }
}
