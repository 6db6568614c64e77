package dev.slipway.events;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than thirty days, in batches that each commit: a long transaction would
 * hold back all newer events. A listener that stayed away for longer misses what was removed.
 */
@Component(service = Job.class)
public final class EventRetention implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(EventRetention.class);
  private static final Scope SCOPE = Scope.platform("retention of events");
  private static final Duration KEPT = Duration.ofDays(30);

  private final Database database;
  private final Clock clock;
  private final int batch;

  /** Removes 5000 rows at a time. */
  @Activate
  public EventRetention(@Reference Database database) {
    this(database, Clock.systemUTC(), 5000);
  }

  EventRetention(Database database, Clock clock, int batch) {
    this.database = database;
    this.clock = clock;
    this.batch = batch;
  }

  @Override
  public String name() {
    return "events.retention";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    var before = clock.instant().minus(KEPT);
    var events = inBatches(mapper -> mapper.deleteOldest(before, batch));
    var failures = inBatches(mapper -> mapper.deleteFailures(before, batch));
    if (events + failures > 0) {
      LOG.info("removed {} events and {} failures from before {}", events, failures, before);
    }
  }

  private long inBatches(ToIntFunction<EventMapper> step) {
    var total = 0L;
    var removed = 0;
    do {
      removed = database.write(SCOPE, () -> step.applyAsInt(database.mapper(EventMapper.class)));
      total += removed;
    } while (removed == batch && !Thread.currentThread().isInterrupted());
    return total;
  }
}
