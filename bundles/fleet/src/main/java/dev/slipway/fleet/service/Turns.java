package dev.slipway.fleet.service;

import dev.slipway.api.CommonError;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets a few at a time do what thousands of agents may ask for at once, as after a restart. The
 * others wait in their order, and hold no connection to the database meanwhile: that would keep
 * everybody else from it, until the wait for one is given up.
 */
public final class Turns {
  private final Semaphore free;
  private final int mostWaiting;

  /**
   * None is taken.
   *
   * @param atATime well below the connections that there are
   * @param mostWaiting who waits holds memory
   */
  public Turns(int atATime, int mostWaiting) {
    free = new Semaphore(atATime, true);
    this.mostWaiting = mostWaiting;
  }

  /**
   * Does work when it is its turn.
   *
   * @throws dev.slipway.api.PlatformException 503 where too many wait
   */
  public <T> T take(Supplier<T> work) {
    if (free.getQueueLength() >= mostWaiting) {
      throw CommonError.UNAVAILABLE.of("Room for one more agent");
    }
    free.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
