package dev.slipway.agent.edge;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes connections whose deadline has passed; one thread for all of them. */
final class Deadlines implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Set<Wire> watched = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  Deadlines() {
    thread = Thread.ofPlatform().daemon().name("edge-deadlines").start(this::watch);
  }

  void add(Wire wire) {
    watched.add(wire);
  }

  void remove(Wire wire) {
    watched.remove(wire);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        var now = System.nanoTime();
        watched.stream().filter(w -> w.isOverdue(now)).forEach(Wire::close);
      }
    } catch (InterruptedException e) {
      watched.forEach(Wire::close);
    }
  }

  /** Closes all connections. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
