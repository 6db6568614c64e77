package dev.slipway.deployments.service.deployment;

import dev.slipway.api.Scope;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.engine.Fleet;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import java.util.EnumSet;
import java.util.Optional;
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
   * The server that was asked for, else the usual one, else one that has room.
   *
   * @param usual where the app, or its environment, runs or shall run
   * @param image what is to be run there without a build; null for a build
   */
  Server choose(
      Scope scope,
      UUID appId,
      @Nullable UUID wanted,
      @Nullable UUID usual,
      @Nullable String image) {
    var server = wanted == null ? usual(scope, appId, usual) : required(scope, wanted);
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

  /** Refuses a server whose agent has not said that it runs Compose files. */
  void requireCompose(Scope scope, Server server) {
    if (!fleet.servers().offers(scope, server.id(), CommandType.COMPOSE_UP)) {
      throw DeploymentsError.COMPOSE_UNSUPPORTED.of(server.name());
    }
  }

  /** Refuses a server whose agent has not said that it runs release hooks. */
  void requireRelease(Scope scope, Server server) {
    if (!fleet.servers().offers(scope, server.id(), CommandType.RUN_RELEASE_HOOK)) {
      throw DeploymentsError.RELEASE_UNSUPPORTED.of(server.name());
    }
  }

  /** Whether nobody takes commands there. */
  public static boolean isAway(Server server) {
    return AWAY.contains(server.status());
  }

  private Server required(Scope scope, UUID wanted) {
    return fleet
        .servers()
        .find(scope, wanted)
        .orElseThrow(() -> FleetError.SERVER_NOT_FOUND.at("server_id"));
  }

  private Server usual(Scope scope, UUID appId, @Nullable UUID usual) {
    return Optional.ofNullable(usual)
        .flatMap(id -> fleet.servers().find(scope, id))
        .or(() -> fleet.servers().pick(scope, appId))
        .orElseThrow(DeploymentsError.NO_SERVER::of);
  }
}
