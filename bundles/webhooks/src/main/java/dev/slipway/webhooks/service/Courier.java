package dev.slipway.webhooks.service;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Signals;
import dev.slipway.webhooks.store.Leased;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes lines that are due and has them served, some at a time; every node has one. Endpoints that
 * failed or were slow have places of their own, so that however many of them there are, the others
 * find one.
 */
@Component(
    service = {},
    immediate = true)
public final class Courier implements AutoCloseable {
  /** Raised when something was put into a line. */
  static final String TOPIC = "webhooks:queued";

  static final Scope SCOPE = Scope.platform("deliveries to the webhooks of all tenants");

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final int PLACES = 32;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(5);

  /** Longer than a delivery takes in the worst case. */
  private static final Duration GRACE = Postman.TIMEOUT.plusSeconds(2);

  private final Round round;
  private final Signals.Subscription queued;
  private final Semaphore wake = new Semaphore(0);
  private final Semaphore quick = new Semaphore(PLACES);
  private final Semaphore strained = new Semaphore(PLACES);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  /** Begins to deliver. */
  @Activate
  public Courier(@Reference Round round, @Reference Signals signals) {
    this.round = round;
    queued = signals.on(TOPIC, this::wake);
    thread = Thread.ofVirtual().name("webhooks").start(this::run);
  }

  /** Has it look at once whether something is due. */
  void wake() {
    wake.release();
  }

  /** Ends after the deliveries in hand; what is left of their lines others may take. */
  @Override
  @Deactivate
  public void close() {
    ended.countDown();
    queued.close();
    wake();
    try {
      thread.join();
      // Whoever serves a line gives its place back at the end.
      if (!quick.tryAcquire(PLACES, GRACE.toMillis(), TimeUnit.MILLISECONDS)
          || !strained.tryAcquire(PLACES, GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("some deliveries have not ended; they are made again when their leases are over");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopped()) {
        if (!take(false, quick) & !take(true, strained)) {
          wake.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
          wake.drainPermits();
        }
      }
    } catch (InterruptedException interrupted) {
      LOG.debug("webhooks were interrupted");
    }
  }

  private boolean stopped() {
    return ended.getCount() == 0;
  }

  /** Whether anything was taken. */
  private boolean take(boolean slow, Semaphore places) throws InterruptedException {
    // Only this thread takes places.
    var free = places.availablePermits();
    if (free == 0) {
      return false;
    }
    try {
      var leased = round.claim(slow, Ids.next(), free);
      leased.forEach(line -> serve(line, places));
      return !leased.isEmpty();
    } catch (RuntimeException failure) {
      LOG.warn("webhooks are at a halt, next try in {}", FAILURE_PAUSE, failure);
      ended.await(FAILURE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    }
  }

  private void serve(Leased line, Semaphore places) {
    places.acquireUninterruptibly();
    Thread.ofVirtual()
        .name("webhook " + line.endpointId())
        .start(
            () -> {
              try {
                round.serve(line, this::stopped);
              } finally {
                places.release();
                wake();
              }
            });
  }
}
