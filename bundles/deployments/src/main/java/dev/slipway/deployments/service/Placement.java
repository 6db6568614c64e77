package dev.slipway.deployments.service;

import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Chooses the server of a deployment. */
@Component(service = Placement.class)
public final class Placement {
  /** Nobody takes commands there, or nobody ever did. */
  private static final Set<ServerStatus> AWAY =
      EnumSet.of(
          ServerStatus.PENDING,
          ServerStatus.INSTALLING,
          ServerStatus.DEGRADED,
          ServerStatus.OFFLINE);

  private final Fleet fleet;

  @Activate
  public Placement(@Reference Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * The server that was asked for, else the app's own, else one that has room.
   *
   * @param image what is to be run there without a build; null for a build
   */
  Server choose(Scope scope, App app, @Nullable UUID wanted, @Nullable String image) {
    var server = wanted == null ? usual(scope, app) : required(scope, wanted);
    if (isAway(server)) {
      throw DeploymentsError.SERVER_OFFLINE.of(server.name());
    }
    if (!server.acceptsDeployments()) {
      throw DeploymentsError.SERVER_CLOSED.of(server.name());
    }
    if (image != null && server.runtime() == ServerRuntime.PROCESS) {
      throw DeploymentsError.IMAGES_UNSUPPORTED.of(server.name());
    }
    return server;
  }

  /** Whether nobody takes commands there. */
  static boolean isAway(Server server) {
    return AWAY.contains(server.status());
  }

  private Server required(Scope scope, UUID wanted) {
    return fleet
        .servers()
        .find(scope, wanted)
        .orElseThrow(() -> FleetError.SERVER_NOT_FOUND.at("server_id"));
  }

  private Server usual(Scope scope, App app) {
    var own = app.serverId() == null ? null : fleet.servers().find(scope, app.serverId());
    return own != null && own.isPresent()
        ? own.get()
        : fleet.servers().pick(scope, app.id()).orElseThrow(DeploymentsError.NO_SERVER::of);
  }
}
