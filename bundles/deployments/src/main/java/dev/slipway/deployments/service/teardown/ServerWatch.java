package dev.slipway.deployments.service.teardown;

import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.apps.AppStatus;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.store.DeploymentFilter;
import dev.slipway.deployments.store.DeploymentRow;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.instance.InstanceStore;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A server that is gone takes all that ran on it along. */
@Component(service = EventListener.class)
public final class ServerWatch implements EventListener {
  private final Database database;
  private final Places places;
  private final DeploymentStore deployments;
  private final InstanceStore instances;

  @Activate
  public ServerWatch(@Reference Database database, @Reference Places places) {
    this.database = database;
    this.places = places;
    deployments = new DeploymentStore(database);
    instances = new InstanceStore(database);
  }

  @Override
  public String name() {
    return "deployments.servers";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types("fleet.server.deleted");
  }

  @Override
  public void on(StoredEvent event) {
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    var server = event.subjectId();
    var page = new PageRequest(PageRequest.MAX_LIMIT, 0);
    var found = live(scope, server, page);
    while (!found.isEmpty()) {
      found.forEach(row -> places.changed(scope, row.place(), AppStatus.FAILED, null, null));
      page = new PageRequest(page.limit(), page.offset() + page.limit());
      found = live(scope, server, page);
    }
    database.run(scope, () -> instances.deleteOfServer(server));
  }

  private List<DeploymentRow> live(Scope scope, UUID server, PageRequest page) {
    var filter = new DeploymentFilter(null, null, null, server, new String[] {"live"}, null);
    return database.read(scope, () -> deployments.list(filter, page)).items();
  }
}
