package dev.slipway.deployments.service;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.InstanceStore;
import dev.slipway.fleet.AppContainers;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the fleet which container belongs to which app. */
@Component(service = AppContainers.class)
public final class InstancesOnServer implements AppContainers {
  private final Database database;
  private final InstanceStore instances;

  @Activate
  public InstancesOnServer(@Reference Database database) {
    this.database = database;
    instances = new InstanceStore(database);
  }

  @Override
  public List<AppContainer> on(UUID tenantId, UUID serverId) {
    return database
        .read(Scope.tenant(tenantId), () -> instances.onServer(tenantId, serverId))
        .stream()
        .map(row -> new AppContainer(row.name(), row.appId(), row.deploymentId()))
        .toList();
  }
}
