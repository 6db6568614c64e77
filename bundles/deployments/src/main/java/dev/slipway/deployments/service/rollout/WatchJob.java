package dev.slipway.deployments.service.rollout;

import dev.slipway.api.Scope;
import dev.slipway.api.spi.Job;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.service.Batch;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.SweepMapper.Found;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Carries rollouts on that were watched for as long as they should be. In between the sweep looks
 * at them, as at everything else that goes on.
 */
@Component(service = Job.class)
public final class WatchJob implements Job, AutoCloseable {
  private static final Scope ALL = Scope.platform("rollouts of all tenants");
  private static final int MOST = 200;

  private final Database database;
  private final RunStore runs;
  private final Engine engine;
  private final ScriptGate scripts;
  private final GateTurns turns = new GateTurns();

  @Activate
  public WatchJob(
      @Reference Database database, @Reference Engine engine, @Reference ScriptGate scripts) {
    this.database = database;
    runs = new RunStore(database);
    this.engine = engine;
    this.scripts = scripts;
  }

  @Override
  public String name() {
    return "deployments.watch";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(2);
  }

  @Override
  public void run() {
    Batch.each(
        database.read(ALL, () -> runs.watched(MOST)),
        found -> {
          if (scripts.isAwaited(found.tenantId(), found.id())
              && turns.take(found, () -> ask(found))) {
            scripts.begin(found.tenantId(), found.id());
          }
          engine.advance(found.tenantId(), found.id());
        });
  }

  /** One tenant's scripts take their time, and nobody else's. */
  private void ask(Found found) {
    scripts.ask(found.tenantId(), found.id());
    if (!Thread.currentThread().isInterrupted()) {
      engine.advance(found.tenantId(), found.id());
    }
  }

  /** Ends what is being asked. */
  @Override
  @Deactivate
  public void close() {
    turns.close();
  }
}
