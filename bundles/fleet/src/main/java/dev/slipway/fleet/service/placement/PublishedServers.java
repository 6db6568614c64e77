package dev.slipway.fleet.service.placement;

import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.Servers;
import dev.slipway.fleet.store.placement.PlacementStore;
import dev.slipway.fleet.store.server.Candidate;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Servers, for other features. */
@Component(service = Servers.class)
public final class PublishedServers implements Servers {
  private final Database db;
  private final ServerStore store;
  private final PlacementStore placement;

  @Activate
  public PublishedServers(@Reference Database db) {
    this.db = db;
    store = new ServerStore(db);
    placement = new PlacementStore(db);
  }

  @Override
  public Optional<Server> find(Scope scope, UUID serverId) {
    return db.read(scope, () -> store.find(serverId)).map(ServerRow::toServer);
  }

  @Override
  public Server require(Scope scope, UUID serverId) {
    return find(scope, serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
  }

  @Override
  public boolean offers(Scope scope, UUID serverId, CommandType type) {
    return db.read(scope, () -> store.offers(serverId, type.number()));
  }

  @Override
  public Optional<Server> pick(Scope scope) {
    return db.read(scope, store::idlest).map(ServerRow::toServer);
  }

  @Override
  public Optional<Server> pick(Scope scope, UUID appId) {
    return db.read(
        scope,
        () -> {
          var rules = placement.rules(appId);
          if (rules.isEmpty()) {
            return store.idlest().map(ServerRow::toServer);
          }
          // The idlest come first, and the first of those that fit equally well is taken.
          return store.candidates().stream()
              .filter(server -> PlacementRules.allows(rules, server))
              .min(
                  Comparator.comparingInt(
                      (Candidate server) -> -PlacementRules.score(rules, server)))
              .flatMap(server -> store.find(server.id()))
              .map(ServerRow::toServer);
        });
  }
}
