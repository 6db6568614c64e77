package dev.slipway.deployments.service.routing;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.instance.RouteRow;
import dev.slipway.fleet.ServerRoutes;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the fleet where a server's edge should lead. */
@Component(service = ServerRoutes.class)
public final class RoutesOnServer implements ServerRoutes {
  private final Database database;
  private final InstanceStore instances;

  @Activate
  public RoutesOnServer(@Reference Database database) {
    this.database = database;
    instances = new InstanceStore(database);
  }

  @Override
  public List<Route> on(UUID tenantId, UUID serverId) {
    return database
        .read(Scope.tenant(tenantId), () -> instances.routesOn(tenantId, serverId))
        .stream()
        .map(RoutesOnServer::route)
        .toList();
  }

  private static Route route(RouteRow row) {
    var division = Division.of(row);
    var shares =
        division.isDivided()
            ? division.shares().stream()
                .map(share -> new Share(share.container(), share.port(), share.weight()))
                .toList()
            : List.<Share>of();
    return new Route(row.domain(), row.containerName(), row.port(), row.appId(), null, shares);
  }
}
