package dev.slipway.launcher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs by now; stopped once, in reverse. A signal may come while the main thread still starts
 * parts: it is interrupted, and waited for, before anything is stopped.
 */
final class Parts {

  private static final Duration LONGEST_INTERRUPT = Duration.ofSeconds(10);

  private record Part(String name, AutoCloseable closeable) {}

  private final Deque<Part> running = new ArrayDeque<>();
  private final CountDownLatch settled = new CountDownLatch(1);
  private final Thread starter = Thread.currentThread();
  private boolean stopping;

  synchronized void add(String name, AutoCloseable part) {
    running.push(new Part(name, part));
  }

  /** The main thread starts nothing more, be it done or failed. */
  void settled() {
    settled.countDown();
  }

  /** Returns false when another thread stopped the parts before. */
  boolean stop() {
    synchronized (this) {
      if (stopping) {
        return false;
      }
      stopping = true;
    }
    awaitStarter();
    synchronized (this) {
      while (!running.isEmpty()) {
        close(running.pop());
      }
    }
    return true;
  }

  private void awaitStarter() {
    if (starter == Thread.currentThread()) {
      return;
    }
    try {
      if (settled.getCount() > 0) {
        starter.interrupt();
        settled.await(LONGEST_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One part that cannot be stopped must not keep the others running. */
  private static void close(Part part) {
    var log = log();
    try {
      var begin = System.nanoTime();
      part.closeable().close();
      log.info("{} stopped in {} ms", part.name(), (System.nanoTime() - begin) / 1_000_000);
    } catch (Exception e) {
      log.error("{} did not stop in order", part.name(), e);
    }
  }

  /** Not a constant: this class is there before the log's place is known. */
  private static Logger log() {
    return LoggerFactory.getLogger(Parts.class);
  }
}
