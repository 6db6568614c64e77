package dev.slipway.fleet.service;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets a few at a time do what thousands of agents may ask for at once, as after a restart. The
 * others wait in their order, and hold no connection to the database meanwhile: that would keep
 * everybody else from it, until the wait for one is given up.
 */
public final class Turns {
  private final Semaphore free;

  /** So many at a time; well below the connections that there are. */
  public Turns(int atATime) {
    free = new Semaphore(atATime, true);
  }

  /** Does work when it is its turn. */
  public <T> T take(Supplier<T> work) {
    free.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
