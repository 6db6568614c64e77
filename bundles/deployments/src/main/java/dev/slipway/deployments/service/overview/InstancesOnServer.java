package dev.slipway.deployments.service.overview;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.volume.ProjectRow;
import dev.slipway.deployments.store.volume.ProjectStore;
import dev.slipway.fleet.AppContainers;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the fleet which container, and which Compose project, belongs to which app. */
@Component(service = AppContainers.class)
public final class InstancesOnServer implements AppContainers {
  private final Database database;
  private final InstanceStore instances;
  private final ProjectStore projects;

  @Activate
  public InstancesOnServer(@Reference Database database) {
    this.database = database;
    instances = new InstanceStore(database);
    projects = new ProjectStore(database);
  }

  @Override
  public List<AppContainer> on(UUID tenantId, UUID serverId) {
    return database.read(
        Scope.tenant(tenantId),
        () ->
            Stream.concat(
                    instances.onServer(tenantId, serverId).stream()
                        .map(row -> new AppContainer(row.name(), row.appId(), row.deploymentId())),
                    projects.onServer(tenantId, serverId).stream()
                        .flatMap(InstancesOnServer::services))
                .toList());
  }

  /** A service outlives the version that it came with. */
  private static Stream<AppContainer> services(ProjectRow project) {
    return project.containers().stream().map(name -> new AppContainer(name, project.appId(), null));
  }

  @Override
  public List<String> projects(UUID tenantId, UUID serverId) {
    return database
        .read(Scope.tenant(tenantId), () -> projects.onServer(tenantId, serverId))
        .stream()
        .map(ProjectRow::name)
        .toList();
  }
}
