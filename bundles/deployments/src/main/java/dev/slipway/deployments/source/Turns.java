package dev.slipway.deployments.source;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may write to which app's repository: one push at a time, so that what there is room for is
 * known, and not too many in all, since each may need memory for its largest files.
 */
final class Turns {
  private static final int MOST = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final Set<UUID> taken = new HashSet<>();
  private final Duration patience;

  /**
   * Nobody's turn yet.
   *
   * @param patience how long to wait for one
   */
  Turns(Duration patience) {
    this.patience = patience;
  }

  /** Somebody's turn, to be taken when it is needed. */
  final class Turn implements AutoCloseable {
    private final UUID appId;
    private boolean mine;

    private Turn(UUID appId) {
      this.appId = appId;
    }

    /** Waits for it; a second call does nothing. */
    void take() throws IOException {
      if (!mine) {
        Turns.this.take(appId);
        mine = true;
      }
    }

    /** Lets the next one on; a second call does nothing. */
    @Override
    public void close() {
      if (mine) {
        mine = false;
        leave(appId);
      }
    }
  }

  Turn of(UUID appId) {
    return new Turn(appId);
  }

  private void take(UUID appId) throws IOException {
    var nanos = patience.toNanos();
    lock.lock();
    try {
      while (taken.contains(appId) || taken.size() >= MOST) {
        if (nanos <= 0) {
          throw new IOException(
              taken.contains(appId)
                  ? "another push to this app is being received; push again when it is done"
                  : "too many pushes are being received; push again in a minute");
        }
        nanos = left.awaitNanos(nanos);
      }
      taken.add(appId);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("the platform is being stopped", interrupted);
    } finally {
      lock.unlock();
    }
  }

  private void leave(UUID appId) {
    lock.lock();
    try {
      taken.remove(appId);
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
