package dev.slipway.fleet.wire;

import dev.slipway.api.PlatformException;
import dev.slipway.fleet.service.server.NodeLife;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every few seconds that this node lives, and looks now and then whether its streams do. */
final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final int SETTLE_EVERY = 3;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final NodeLife life;
  private final Runnable settle;
  private final Semaphore stopped = new Semaphore(0);
  private final Thread thread;
  private boolean missed;

  /**
   * Begins.
   *
   * @param settle compares this node's streams with what the others go by
   */
  Pulse(NodeLife life, Runnable settle) {
    this.life = life;
    this.settle = settle;
    thread = Thread.ofVirtual().name("fleet-pulse").start(this::run);
  }

  private void run() {
    try {
      for (var beat = 1; !await(); beat++) {
        beat(beat % SETTLE_EVERY == 0);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean await() throws InterruptedException {
    return stopped.tryAcquire(NodeLife.PULSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** After a silence of its own the node may have been taken for dead. */
  private void beat(boolean due) {
    try {
      life.pulse();
      if (due || missed) {
        settle.run();
      }
      missed = false;
    } catch (PlatformException failure) {
      missed = true;
      LOG.warn("this node could not say that it lives: {}", failure.getMessage());
    } catch (RuntimeException failure) {
      missed = true;
      LOG.error("this node could not say that it lives", failure);
    }
  }

  @Override
  public void close() {
    stopped.release();
    try {
      thread.join(LONGEST_STOP);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
