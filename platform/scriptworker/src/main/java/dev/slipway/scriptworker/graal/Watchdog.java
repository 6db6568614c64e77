package dev.slipway.scriptworker.graal;

import dev.slipway.scriptworker.Host;
import dev.slipway.scriptworker.wire.Limits;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks at the present run every few milliseconds. */
final class Watchdog {
  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(5);

  private final Thread thread;
  private volatile @Nullable Watch watch;

  Watchdog() {
    thread = Thread.ofPlatform().daemon().name("watchdog").start(this::run);
  }

  /** Begins to watch this thread. */
  Watch begin(Limits limits, Host host) {
    var begun = new Watch(limits, host);
    watch = begun;
    LockSupport.unpark(thread);
    return begun;
  }

  private void run() {
    while (true) {
      var current = watch;
      if (current == null || current.over()) {
        LockSupport.park(this);
      } else {
        current.look();
        LockSupport.parkNanos(this, PERIOD);
      }
    }
  }
}
