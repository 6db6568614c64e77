package dev.slipway.deployments.service.course;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.service.Batch;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.service.approval.Decisions;
import dev.slipway.deployments.store.RunStore;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Looks after whatever no event has brought to an end: after a crash, a lost event, an agent that
 * stays away.
 */
@Component(service = Job.class)
public final class Sweep implements Job {
  private static final Scope ALL = Scope.platform("unfinished work of all tenants");
  private static final int MOST = 200;

  private final Database database;
  private final RunStore runs;
  private final Engine engine;
  private final Removals removals;
  private final Decisions decisions;

  @Activate
  public Sweep(
      @Reference Database database,
      @Reference Engine engine,
      @Reference Removals removals,
      @Reference Decisions decisions) {
    this.database = database;
    runs = new RunStore(database);
    this.engine = engine;
    this.removals = removals;
    this.decisions = decisions;
  }

  @Override
  public String name() {
    return "deployments.sweep";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void run() {
    Batch.each(
        database.read(ALL, () -> runs.unfinished(MOST)),
        found -> {
          // For itself: one that can not be carried on must not be the first for ever.
          database.run(Scope.tenant(found.tenantId()), () -> runs.looked(found.id()));
          engine.advance(found.tenantId(), found.id());
        });
    Batch.each(
        database.read(ALL, () -> runs.expired(MOST)),
        found -> decisions.expire(found.tenantId(), found.id()));
    Batch.each(
        database.read(ALL, () -> runs.leaving(MOST)),
        found -> removals.again(Scope.tenant(found.tenantId()), found.id()));
    Batch.each(
        database.read(ALL, () -> runs.projects(MOST)),
        found -> removals.projectAgain(Scope.tenant(found.tenantId()), found.id()));
  }
}
