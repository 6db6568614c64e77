package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.scripts.store.ExecutionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps executions for thirty days, and of each script the latest thousand. */
@Component(service = Job.class)
public final class ExecutionRetention implements Job {
  static final Duration KEPT = Duration.ofDays(30);
  static final int PER_SCRIPT = 1000;

  private static final int BATCH = 1000;

  /** Against a run that others fill faster than it empties; the next one goes on. */
  private static final int MOST_BATCHES = 200;

  private static final Scope SCOPE = Scope.platform("old executions of all tenants");

  private final Database database;
  private final InstantSource clock;
  private final int perScript;
  private final ExecutionStore executions;

  /** Made by the component runtime. */
  @Activate
  public ExecutionRetention(@Reference Database database) {
    this(database, InstantSource.system(), PER_SCRIPT);
  }

  ExecutionRetention(Database database, InstantSource clock, int perScript) {
    this.database = database;
    this.clock = clock;
    this.perScript = perScript;
    executions = new ExecutionStore(database);
  }

  @Override
  public String name() {
    return "scripts.retention";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    var before = clock.instant().minus(KEPT);
    batches(() -> executions.deleteOld(before, BATCH));
    batches(() -> executions.deleteSurplus(perScript, BATCH));
  }

  private void batches(IntSupplier work) {
    for (var batch = 0; batch < MOST_BATCHES; batch++) {
      if (database.write(SCOPE, work::getAsInt) < BATCH) {
        return;
      }
    }
  }
}
