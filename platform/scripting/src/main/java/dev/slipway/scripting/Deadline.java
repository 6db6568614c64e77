package dev.slipway.scripting;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does something unless it is called off in time. A worker has a deadline with each run, thousands
 * of them a second that nearly all are called off: so a look at the clock is only ordered where
 * none is due early enough already, and the look finds out what has become of the deadline.
 */
final class Deadline {
  private final ScheduledExecutorService timer;
  private final Runnable action;
  private @Nullable Long due;
  private @Nullable Long look;

  Deadline(ScheduledExecutorService timer, Runnable action) {
    this.timer = timer;
    this.action = action;
  }

  /** The action is due after this time, and not when it was before. */
  synchronized void set(Duration pause) {
    due = System.nanoTime() + pause.toNanos();
    order(due);
  }

  /** The action is due after this time, unless it is before that. */
  synchronized void hasten(Duration pause) {
    var at = System.nanoTime() + pause.toNanos();
    if (due != null && at - due < 0) {
      due = at;
      order(at);
    }
  }

  /** The action is not due any more. */
  synchronized void lift() {
    due = null;
  }

  private void order(long at) {
    if (look == null || at - look < 0) {
      look = at;
      timer.schedule(() -> look(at), at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private void look(long ordered) {
    if (isDue(ordered)) {
      action.run();
    }
  }

  private synchronized boolean isDue(long ordered) {
    if (look != null && look == ordered) {
      look = null;
    }
    if (due == null) {
      return false;
    }
    if (due - System.nanoTime() <= 0) {
      due = null;
      return true;
    }
    order(due);
    return false;
  }
}
