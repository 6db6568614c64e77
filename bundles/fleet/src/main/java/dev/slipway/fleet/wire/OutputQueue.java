package dev.slipway.fleet.wire;

import dev.slipway.fleet.AgentOutput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What agents printed and one consumer has not heard yet, a lane for each server. The lanes take
 * turns, and each has an equal share of the room: one that floods waits behind itself alone. A full
 * lane holds its producer for a while, so that the agent's stream slows down; if the consumer does
 * not move in that time the lane's oldest entries go.
 */
final class OutputQueue {
  private static final Logger LOG = LoggerFactory.getLogger(OutputQueue.class);
  private static final long COMPLAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final long capacity;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** None of them empty; the first is the next in turn. */
  private final Map<UUID, Lane> lanes = new LinkedHashMap<>();

  private long taken;
  private long takenAtLastWait = -1;
  private long dropped;
  private long complainedAt = System.nanoTime() - COMPLAIN_NANOS;
  private boolean closed;

  /** Something printed. */
  interface Output {
    /** The server whose agent printed it. */
    UUID serverId();

    /** About as many bytes as it holds. */
    long weight();

    void tell(AgentOutput consumer);
  }

  private static final class Lane {
    private final ArrayDeque<Output> waiting = new ArrayDeque<>();
    private long weight;

    void add(Output output) {
      waiting.addLast(output);
      weight += output.weight();
    }

    Output remove() {
      var output = waiting.removeFirst();
      weight -= output.weight();
      return output;
    }
  }

  /**
   * Makes an empty queue.
   *
   * @param capacity most weight that waits, shared by the lanes there are
   * @param patience how long a producer is held
   */
  OutputQueue(long capacity, Duration patience) {
    this.capacity = capacity;
    this.patience = patience;
  }

  void offer(Output output) {
    lock.lock();
    try {
      awaitRoom(output);
      while (isFull(output)) {
        remove(output.serverId());
        drop();
      }
      lanes.computeIfAbsent(output.serverId(), server -> new Lane()).add(output);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Of an empty lane anything may pass. */
  private boolean isFull(Output output) {
    var lane = lanes.get(output.serverId());
    return lane != null && lane.weight + output.weight() > capacity / lanes.size();
  }

  /** A consumer that did not move during the last wait is not waited for again until it does. */
  private void awaitRoom(Output output) {
    var nanos = patience.toNanos();
    try {
      while (!closed && nanos > 0 && taken != takenAtLastWait && isFull(output)) {
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

  boolean isEmpty() {
    lock.lock();
    try {
      return lanes.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The next in turn; waits for one; null once the queue is closed and empty. */
  @Nullable Output take() throws InterruptedException {
    lock.lock();
    try {
      while (lanes.isEmpty()) {
        if (closed) {
          return null;
        }
        changed.await();
      }
      taken++;
      changed.signalAll();
      return remove(lanes.keySet().iterator().next());
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest of a lane, which then waits for its next turn. */
  private Output remove(UUID server) {
    var lane = lanes.remove(server);
    var output = lane.remove();
    if (!lane.waiting.isEmpty()) {
      lanes.put(server, lane);
    }
    return output;
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
      var all = new ArrayList<Output>();
      lanes.values().forEach(lane -> all.addAll(lane.waiting));
      lanes.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }
}
