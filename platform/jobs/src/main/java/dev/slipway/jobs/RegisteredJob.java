package dev.slipway.jobs;

import dev.slipway.api.spi.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job for as long as its bundle offers it. */
final class RegisteredJob {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredJob.class);
  private static final int LONGEST_NAME = 200;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  // Soon, so that a new job shows its faults, but behind the rush of a start.
  private static final Duration LONGEST_FIRST = Duration.ofSeconds(10);

  private final Job job;
  private final String name;
  private final Duration every;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private @Nullable Thread runner;
  private boolean closed;

  RegisteredJob(Job job) {
    this.job = job;
    name = job.name();
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a job's name has 1 to " + LONGEST_NAME + " characters");
    }
    every = longer(job.every(), SHORTEST);
  }

  /** How a run ended. */
  sealed interface Outcome {
    /** As it should. */
    record Done() implements Outcome {}

    /** By a fault of the job. */
    record Failed(Throwable failure) implements Outcome {}

    /** Because its bundle stopped; it is not to blame and should run again elsewhere. */
    record HandedBack() implements Outcome {}
  }

  boolean serves(Job candidate) {
    return job == candidate;
  }

  String name() {
    return name;
  }

  Duration every() {
    return every;
  }

  /** When a job that has never run should run. */
  Instant first(Instant now) {
    return now.plus(every.compareTo(LONGEST_FIRST) < 0 ? every : LONGEST_FIRST);
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Runs the job on this thread; empty where its bundle has left or it is at work already. */
  Optional<Outcome> run() {
    if (!begin()) {
      return Optional.empty();
    }
    try {
      job.run();
      return Optional.of(new Outcome.Done());
    } catch (Throwable failure) {
      // Foreign code: a class that it can not load must not cost the job its place in the schedule.
      return Optional.of(ended(failure));
    } finally {
      end();
    }
  }

  /** Lets no further run begin and waits for the present one. */
  void close(Duration grace) throws InterruptedException {
    lock.lock();
    try {
      closed = true;
      if (awaitIdle(grace)) {
        return;
      }
      LOG.warn("job {} is still at work; interrupting it", name);
      if (runner != null) {
        runner.interrupt();
      }
      if (!awaitIdle(grace)) {
        LOG.error("job {} does not end; it is left behind", name);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean begin() {
    lock.lock();
    try {
      if (closed || runner != null) {
        return false;
      }
      runner = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Outcome ended(Throwable failure) {
    if (isClosed()) {
      LOG.info("job {} was interrupted because its bundle stops", name);
      return new Outcome.HandedBack();
    }
    return new Outcome.Failed(failure);
  }

  private void end() {
    lock.lock();
    try {
      runner = null;
      // An interrupt was meant for the job; it would break the statement that keeps its next time.
      Thread.interrupted();
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitIdle(Duration longest) throws InterruptedException {
    var left = longest.toNanos();
    while (runner != null && left > 0) {
      left = idle.awaitNanos(left);
    }
    return runner == null;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
