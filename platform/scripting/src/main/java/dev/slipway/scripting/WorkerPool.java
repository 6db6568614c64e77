package dev.slipway.scripting;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a number of workers warm: whenever one is gone another is started, one at a time, with
 * growing pauses where starting fails.
 */
final class WorkerPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  /** On a busy machine a cold start takes seconds of processor time. */
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** Against what would grow slowly with every context; nothing is known to. */
  private static final int MOST_RUNS = 200_000;

  private final Starter starter;
  private final int size;
  private final LinkedBlockingDeque<WorkerProcess> idle = new LinkedBlockingDeque<>();
  private final Set<WorkerProcess> all = new HashSet<>();
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;
  private int started;
  private volatile boolean closed;

  /** Starts a process; a worker's number is new each time. */
  interface Starter {
    WorkerProcess start(int number) throws IOException, InterruptedException;
  }

  /**
   * Without workers until the first is wanted: where nobody has scripts they would only cost
   * memory.
   *
   * @param size how many to keep from then on
   */
  WorkerPool(Starter starter, int size) {
    this.starter = starter;
    this.size = size;
    thread = Thread.ofVirtual().name("script workers").start(this::supervise);
  }

  /** Starts workers, unless there are some. */
  void warm() {
    wanted.release();
  }

  /** A warm worker for the caller alone; empty where none is to be had in that time. */
  Optional<WorkerProcess> take(Duration longest) throws InterruptedException {
    wanted.release();
    var end = System.nanoTime() + longest.toNanos();
    while (true) {
      var worker = idle.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (worker == null || worker.alive()) {
        return Optional.ofNullable(worker);
      }
    }
  }

  /** Gives a worker back; one that is dead or has run for long is replaced. */
  void back(WorkerProcess worker) {
    if (closed || worker.runs() >= MOST_RUNS) {
      worker.kill();
    } else if (worker.alive()) {
      idle.addFirst(worker);
    }
  }

  /** Process ids of the workers, for tests. */
  synchronized Set<Long> pids() {
    var pids = new HashSet<Long>();
    all.stream().filter(WorkerProcess::alive).forEach(worker -> pids.add(worker.pid()));
    return pids;
  }

  /** How many are warm and free, for tests. */
  int idle() {
    return idle.size();
  }

  private void supervise() {
    try {
      wanted.acquire();
      var pause = FIRST_PAUSE;
      while (!closed) {
        wanted.drainPermits();
        if (count() >= size) {
          wanted.acquire();
        } else if (add()) {
          pause = FIRST_PAUSE;
        } else if (!closed) {
          LOG.warn("a script worker did not start; next try in {}", pause);
          Thread.sleep(pause);
          pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
      }
    } catch (InterruptedException stopped) {
      LOG.debug("no more script workers");
    }
  }

  private synchronized int count() {
    return all.size();
  }

  private boolean add() throws InterruptedException {
    try {
      var worker = starter.start(++started);
      keep(worker);
      if (worker.awaitReady(LONGEST_START)) {
        idle.add(worker);
        return true;
      }
      worker.kill();
    } catch (IOException failure) {
      LOG.warn("no script worker can be started", failure);
    }
    return false;
  }

  private synchronized void keep(WorkerProcess worker) {
    all.add(worker);
    worker.onExit(() -> gone(worker));
    if (closed) {
      worker.kill();
    }
  }

  private synchronized void gone(WorkerProcess worker) {
    all.remove(worker);
    idle.remove(worker);
    wanted.release();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    synchronized (this) {
      all.forEach(WorkerProcess::kill);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
