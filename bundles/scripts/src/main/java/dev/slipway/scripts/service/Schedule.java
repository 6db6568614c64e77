package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.store.ScriptStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queues a run for each script whose time has come. */
@Component(service = Job.class)
public final class Schedule implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
  private static final Scope SCOPE = Scope.platform("schedules of the scripts of all tenants");
  private static final int BATCH = 100;

  private final Database database;
  private final Queue queue;
  private final InstantSource clock;
  private final ScriptStore scripts;

  /** Made by the component runtime. */
  @Activate
  public Schedule(@Reference Database database, @Reference Queue queue) {
    this(database, queue, InstantSource.system());
  }

  Schedule(Database database, Queue queue, InstantSource clock) {
    this.database = database;
    this.queue = queue;
    this.clock = clock;
    scripts = new ScriptStore(database);
  }

  @Override
  public String name() {
    return "scripts.schedule";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void run() {
    while (database.write(SCOPE, this::batch) == BATCH) {
      LOG.debug("more scripts are due");
    }
  }

  private int batch() {
    var due = scripts.due(clock.instant(), BATCH);
    due.forEach(this::queue);
    return due.size();
  }

  private void queue(Script script) {
    var time = Objects.requireNonNull(script.nextRunAt()).toString();
    if (!queue.add(script, Map.of("scheduled_at", time), new ScriptTrigger("schedule", time))) {
      LOG.warn("script {} is not run for {}: its queue is full", script.id(), time);
    }
    scripts.scheduled(script.id(), Drafts.cron(script.filter()).next(clock.instant()).orElse(null));
  }
}
