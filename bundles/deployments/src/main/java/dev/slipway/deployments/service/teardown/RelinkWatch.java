package dev.slipway.deployments.service.teardown;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.instance.InstanceStore;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A server that replaces a stale one has what ran on it: what is live, with its instances and
 * routes, goes along.
 */
@Component(service = EventListener.class)
public final class RelinkWatch implements EventListener {
  private final Database database;
  private final DeploymentStore deployments;
  private final InstanceStore instances;

  @Activate
  public RelinkWatch(@Reference Database database) {
    this.database = database;
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
  }

  @Override
  public String name() {
    return "deployments.relinked-servers";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("fleet.server.relinked");
  }

  @Override
  public void on(StoredEvent event) {
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    var target = Objects.requireNonNull(event.uuid("target_id"));
    database.run(
        scope,
        () -> {
          deployments.moveLive(event.subjectId(), target);
          instances.moveServer(event.subjectId(), target);
        });
  }
}
