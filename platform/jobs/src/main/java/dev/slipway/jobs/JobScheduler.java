package dev.slipway.jobs;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.store.Connections;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one recurring execution per job name in the database and runs it on whichever node finds it
 * due. What is stored is the name alone, looked up when it is due: so a job outlives every version
 * of its bundle.
 */
@Component(service = JobScheduler.class, immediate = true)
public final class JobScheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);

  static final String TABLE = "jobs_execution";
  static final String TASK = "job";
  private static final int CONCURRENCY = 8;
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Timing timing;
  private final List<RegisteredJob> jobs = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CustomTask<Void> task;
  private final Scheduler scheduler;

  /**
   * Begins to look for due jobs.
   *
   * @param migrated says that the table is there
   */
  @Activate
  public JobScheduler(@Reference Database migrated, @Reference Connections connections) {
    this(connections, Timing.NORMAL);
  }

  JobScheduler(Connections connections, Timing timing) {
    this.timing = timing;
    task = Tasks.custom(TASK, Void.class).onDeadExecutionRevive().execute(this::run);
    scheduler =
        Scheduler.create(connections.platform(), task)
            .tableName(TABLE)
            .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
            // Named, not detected: detection needs a database that answers at this moment.
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
            // One statement takes what is due and marks it; at most what can run at once.
            .pollUsingLockAndFetch(0.5, 1.0)
            .threads(CONCURRENCY)
            .executorService(
                Executors.newFixedThreadPool(
                    CONCURRENCY, Thread.ofVirtual().name("job-", 0).factory()))
            .pollingInterval(timing.poll())
            .heartbeatInterval(timing.heartbeat())
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(timing.grace())
            .enableImmediateExecution()
            .build();
    scheduler.start();
  }

  /** Gives a job its place in the schedule, or its old one back. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeJob")
  public void addJob(Job job) {
    var added = new RegisteredJob(job);
    if (find(added.name()).isPresent()) {
      LOG.info("job {} is there twice; the new one runs from now on", added.name());
    }
    jobs.add(added);
    Thread.ofVirtual().name("job enrolment " + added.name()).start(() -> enrol(added));
  }

  /** Takes a job away; returns when its present run has ended. Its place in the schedule stays. */
  public void removeJob(Job job) {
    var removed = jobs.stream().filter(known -> known.serves(job)).toList();
    jobs.removeAll(removed);
    removed.forEach(this::close);
  }

  @Override
  @Deactivate
  public void close() {
    closing.countDown();
    scheduler.stop();
    jobs.forEach(this::close);
  }

  private void close(RegisteredJob job) {
    try {
      job.close(timing.grace());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of two of one name the newer, since that is how a bundle is updated. */
  private Optional<RegisteredJob> find(String name) {
    return jobs.stream().filter(job -> job.name().equals(name)).reduce((older, newer) -> newer);
  }

  private void enrol(RegisteredJob job) {
    var pause = FIRST_PAUSE;
    try {
      while (!job.isClosed() && !enrolled(job)) {
        if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean enrolled(RegisteredJob job) {
    try {
      var now = Instant.now();
      var first = job.first(now);
      if (scheduler.scheduleIfNotExists(task.instance(job.name()), first)) {
        wakeAt(first);
      } else {
        scheduler
            .getScheduledExecution(task.instance(job.name()))
            .filter(known -> !known.isPicked())
            .ifPresent(known -> bringForward(job, known, now));
      }
      return true;
    } catch (RuntimeException failure) {
      LOG.warn("job {} could not be put into the schedule yet", job.name(), failure);
      return false;
    }
  }

  /** A job that was due while its bundle was away, or has become more frequent, need not wait. */
  private void bringForward(RegisteredJob job, ScheduledExecution<?> known, Instant now) {
    var due =
        Stream.of(known.getLastSuccess(), known.getLastFailure())
            .filter(time -> time != null)
            .max(Instant::compareTo)
            .map(last -> last.plus(job.every()))
            .orElse(job.first(now));
    var next = due.isBefore(now) ? now : due;
    if (!next.isBefore(known.getExecutionTime())) {
      wakeAt(known.getExecutionTime());
      return;
    }
    try {
      scheduler.reschedule(task.instance(job.name()), next);
      wakeAt(next);
    } catch (TaskInstanceCurrentlyExecutingException earlier) {
      LOG.debug("job {} has begun on another node meanwhile", job.name(), earlier);
    }
  }

  private CompletionHandler<Void> run(TaskInstance<Void> instance, ExecutionContext context) {
    var name = instance.getId();
    var job = find(name);
    var outcome = job.flatMap(RegisteredJob::run);
    if (job.isEmpty() || outcome.isEmpty()) {
      LOG.debug("job {} is not here; it waits", name);
      return unchanged(timing.absent());
    }
    var every = job.get().every();
    return switch (outcome.get()) {
      case RegisteredJob.Outcome.Done() -> after(every);
      case RegisteredJob.Outcome.HandedBack() -> unchanged(FIRST_PAUSE);
      case RegisteredJob.Outcome.Failed(var failure) when closing.getCount() == 0 -> {
        LOG.info(
            "job {} was interrupted because the platform stops ({})", name, failure.toString());
        yield unchanged(FIRST_PAUSE);
      }
      case RegisteredJob.Outcome.Failed(var failure) -> {
        LOG.error("job {} failed; it runs again in {}", name, every, failure);
        yield failed(failure, every);
      }
    };
  }

  private CompletionHandler<Void> after(Duration pause) {
    return (complete, operations) -> {
      var next = complete.getTimeDone().plus(pause);
      operations.reschedule(complete, next);
      wakeAt(next);
    };
  }

  private CompletionHandler<Void> failed(Throwable failure, Duration pause) {
    return (complete, operations) -> {
      var done = complete.getTimeDone();
      var next = done.plus(pause);
      operations.reschedule(
          ExecutionComplete.failure(complete.getExecution(), done, done, failure), next);
      wakeAt(next);
    };
  }

  /** As if it had not been due: the time of the last success stays. */
  private static CompletionHandler<Void> unchanged(Duration pause) {
    return (complete, operations) -> {
      var last = complete.getExecution().lastSuccess;
      operations.reschedule(
          ExecutionComplete.success(complete.getExecution(), last, last),
          complete.getTimeDone().plus(pause));
    };
  }

  /** Polling is slow on purpose; what is due before the next poll gets one of its own. */
  private void wakeAt(Instant time) {
    var pause = Duration.between(Instant.now(), time);
    if (pause.compareTo(timing.poll()) < 0) {
      CompletableFuture.delayedExecutor(
              Math.max(0, pause.toMillis() + 1), TimeUnit.MILLISECONDS, Thread.ofVirtual()::start)
          .execute(scheduler::triggerCheckForDueExecutions);
    }
  }
}
