package dev.slipway.deployments.service.course;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.deployments.engine.Engine;
import dev.slipway.deployments.service.Removals;
import dev.slipway.deployments.store.RunStore;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hears how commands end, and has the work go on that they belong to. */
@Component(service = EventListener.class)
public final class CommandWatch implements EventListener {
  private static final String CLONE = "app_clone";

  private final Database database;
  private final RunStore runs;
  private final Engine engine;
  private final Removals removals;

  @Activate
  public CommandWatch(
      @Reference Database database, @Reference Engine engine, @Reference Removals removals) {
    this.database = database;
    runs = new RunStore(database);
    this.engine = engine;
    this.removals = removals;
  }

  @Override
  public String name() {
    return "deployments.commands";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("fleet.command.finished");
  }

  @Override
  public void on(StoredEvent event) {
    if (!Engine.OWNER.equals(event.text("owner"))) {
      return;
    }
    var tenantId = Objects.requireNonNull(event.tenantId());
    var scope = Scope.tenant(tenantId);
    var command = Objects.requireNonNull(event.uuid("command_id"));
    var run = database.read(scope, () -> runs.runOf(command));
    if (run.isPresent()) {
      engine.advance(tenantId, run.get());
      if (CLONE.equals(event.text("command_type"))) {
        removals.lateSource(scope, run.get(), command);
      }
    } else {
      removals.ended(scope, command);
    }
  }
}
