package dev.slipway.agent.edge;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the requests that are with each instance, so that an instance that lost its routes is
 * stopped only when its last request is answered. Thread-safe.
 */
final class InFlight {
  private final Map<String, Integer> counts = new HashMap<>();

  synchronized void enter(String instance) {
    counts.merge(instance, 1, Integer::sum);
  }

  synchronized void leave(String instance) {
    counts.computeIfPresent(instance, (name, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  /** Waits until the instance has no request; false when the time is up before. */
  synchronized boolean awaitNone(String instance, Duration limit) throws InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (counts.containsKey(instance)) {
      var left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized boolean isEmpty() {
    return counts.isEmpty();
  }
}
