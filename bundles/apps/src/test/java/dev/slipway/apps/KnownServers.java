package dev.slipway.apps;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.Servers;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A fleet of which the test decides. */
public final class KnownServers implements Servers {
  private final Map<UUID, Server> servers = new ConcurrentHashMap<>();

  /** Adds a server to a tenant. */
  public UUID add(UUID tenantId) {
    var server =
        new Server(
            Ids.next(),
            tenantId,
            "local",
            ServerStatus.ONLINE,
            ServerRuntime.values()[0],
            null,
            null,
            null,
            null,
            true,
            null);
    servers.put(server.id(), server);
    return server.id();
  }

  @Override
  public Optional<Server> find(Scope scope, UUID serverId) {
    return Optional.ofNullable(servers.get(serverId))
        .filter(
            server ->
                !(scope instanceof Scope.Tenant tenant)
                    || tenant.tenantId().equals(server.tenantId()));
  }

  @Override
  public Server require(Scope scope, UUID serverId) {
    return find(scope, serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
  }

  @Override
  public boolean offers(Scope scope, UUID serverId, CommandType type) {
    return false;
  }

  @Override
  public Optional<Server> pick(Scope scope) {
    return servers.values().stream().findFirst();
  }

  @Override
  public Optional<Server> pick(Scope scope, UUID appId) {
    return pick(scope);
  }
}
