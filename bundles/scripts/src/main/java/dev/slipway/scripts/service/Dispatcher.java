package dev.slipway.scripts.service;

import dev.slipway.api.event.Signals;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes queued runs that are due and has them run, some at a time; every node has one. */
@Component(
    service = {},
    immediate = true)
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int PLACES = 16;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(5);

  private final QueuedRuns runs;
  private final Signals.Subscription queued;
  private final Semaphore wake = new Semaphore(0);
  private final Semaphore places = new Semaphore(PLACES);
  private final Thread thread;
  private volatile boolean stopped;

  /** Begins to run. */
  @Activate
  public Dispatcher(@Reference QueuedRuns runs, @Reference Signals signals) {
    this.runs = runs;
    queued = signals.on(Queue.TOPIC, wake::release);
    thread = Thread.ofVirtual().name("scripts").start(this::run);
  }

  /** Ends after the runs in hand. */
  @Override
  @Deactivate
  public void close() {
    stopped = true;
    queued.close();
    wake.release();
    try {
      thread.join();
      // Whoever runs something gives its place back at the end.
      if (!places.tryAcquire(PLACES, GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("some scripts have not ended; they are run again when their leases are over");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopped) {
        if (!take()) {
          wake.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
          wake.drainPermits();
        }
      }
    } catch (InterruptedException interrupted) {
      LOG.debug("queued scripts were interrupted");
    }
  }

  /** Whether anything was taken. */
  private boolean take() throws InterruptedException {
    // Only this thread takes places.
    var free = places.availablePermits();
    if (free == 0) {
      return false;
    }
    try {
      var claimed = runs.claim(free);
      claimed.forEach(this::start);
      return !claimed.isEmpty();
    } catch (RuntimeException failure) {
      LOG.warn("queued scripts are at a halt, next try in {}", FAILURE_PAUSE, failure);
      Thread.sleep(FAILURE_PAUSE);
      return false;
    }
  }

  private void start(QueuedRuns.Claimed claimed) {
    places.acquireUninterruptibly();
    Thread.ofVirtual()
        .name("script " + claimed.trigger().scriptId())
        .start(
            () -> {
              try {
                runs.run(claimed);
              } catch (RuntimeException failure) {
                LOG.error("script {} could not be run", claimed.trigger().scriptId(), failure);
              } finally {
                places.release();
                wake.release();
              }
            });
  }
}
