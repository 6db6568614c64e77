package dev.slipway.fleet.wire;

import dev.slipway.fleet.AgentOutput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What agents printed and one consumer has not heard yet. A full queue holds its producer for a
 * while, so that the agent's stream slows down; if the consumer does not move in that time the
 * oldest entries go.
 */
final class OutputQueue {
  private static final Logger LOG = LoggerFactory.getLogger(OutputQueue.class);
  private static final long COMPLAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final long capacity;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Output> waiting = new ArrayDeque<>();
  private long weight;
  private long taken;
  private long takenAtLastWait = -1;
  private long dropped;
  private long complainedAt = System.nanoTime() - COMPLAIN_NANOS;
  private boolean closed;

  /** Something printed. */
  interface Output {
    /** About as many bytes as it holds. */
    long weight();

    void tell(AgentOutput consumer);
  }

  /**
   * Makes an empty queue.
   *
   * @param capacity most weight that waits
   * @param patience how long a producer is held
   */
  OutputQueue(long capacity, Duration patience) {
    this.capacity = capacity;
    this.patience = patience;
  }

  void offer(Output output) {
    lock.lock();
    try {
      awaitRoom(output.weight());
      while (!waiting.isEmpty() && weight + output.weight() > capacity) {
        weight -= waiting.removeFirst().weight();
        drop();
      }
      waiting.addLast(output);
      weight += output.weight();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A consumer that did not move during the last wait is not waited for again until it does. */
  private void awaitRoom(long needed) {
    var nanos = patience.toNanos();
    try {
      while (!closed
          && nanos > 0
          && taken != takenAtLastWait
          && !waiting.isEmpty()
          && weight + needed > capacity) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (nanos <= 0) {
      takenAtLastWait = taken;
    }
  }

  private void drop() {
    dropped++;
    if (System.nanoTime() - complainedAt >= COMPLAIN_NANOS) {
      complainedAt = System.nanoTime();
      LOG.warn("{} outputs of agents were dropped so far: their consumer stays behind", dropped);
    }
  }

  /** How many were dropped. */
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest; waits for one; null once the queue is closed and empty. */
  @Nullable Output take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return null;
        }
        changed.await();
      }
      var output = waiting.removeFirst();
      weight -= output.weight();
      taken++;
      changed.signalAll();
      return output;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing new in and lets {@link #take} come to its end. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Empties it at once. */
  List<Output> drain() {
    lock.lock();
    try {
      var all = new ArrayList<>(waiting);
      waiting.clear();
      weight = 0;
      return all;
    } finally {
      lock.unlock();
    }
  }
}
