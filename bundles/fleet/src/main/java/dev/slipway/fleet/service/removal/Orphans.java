package dev.slipway.fleet.service.removal;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.service.SeenContainer;
import dev.slipway.fleet.service.server.ServerRights;
import dev.slipway.fleet.store.removal.OrphanRow;
import dev.slipway.fleet.store.removal.OrphanStore;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What was left on servers. A server that was erased still shows what it left. */
@Component(service = Orphans.class)
public final class Orphans {
  private final Database db;
  private final ServerStore servers;
  private final OrphanStore store;
  private final ServerRights rights;

  @Activate
  public Orphans(
      @Reference Database db,
      @Reference ServerStore servers,
      @Reference OrphanStore store,
      @Reference ServerRights rights) {
    this.db = db;
    this.servers = servers;
    this.store = store;
    this.rights = rights;
  }

  public List<OrphanRow> list(Caller caller, UUID serverId) {
    return db.read(
        Scope.of(caller),
        () -> {
          requireServer(serverId);
          return store.ofServer(serverId);
        });
  }

  /** Takes one out of the sweeper's queue; it stays on the machine. */
  public void forget(Caller caller, UUID serverId, UUID orphanId) {
    rights.require(caller, serverId, ServerRight.OPERATOR);
    db.run(
        Scope.of(caller),
        () -> {
          requireServer(serverId);
          if (!store.forget(serverId, orphanId)) {
            throw FleetError.ORPHAN_NOT_FOUND.of();
          }
        });
  }

  private void requireServer(UUID serverId) {
    if (!servers.everKnown(serverId)) {
      throw FleetError.SERVER_NOT_FOUND.of();
    }
  }

  /**
   * Notes all containers of a server that is erased without its agent, in the current unit of work;
   * those of a Compose project as one. Returns how many.
   */
  int record(ServerRow server) {
    var seen = servers.seen(server.id(), null, null).orElseThrow();
    var found = new LinkedHashMap<String, OrphanRow.Kind>();
    for (var container : Objects.requireNonNull(seen.containers())) {
      var project = ((Map<?, ?>) container).get("compose_project");
      if (project instanceof String name && !name.isEmpty()) {
        found.put(name, OrphanRow.Kind.COMPOSE_PROJECT);
      } else {
        found.put(SeenContainer.of(container).name(), OrphanRow.Kind.CONTAINER);
      }
    }
    found.remove("");
    return store.add(
        found.entrySet().stream().map(one -> row(server, one.getValue(), one.getKey())).toList());
  }

  private static OrphanRow row(ServerRow server, OrphanRow.Kind kind, String name) {
    var now = Times.now();
    return new OrphanRow(
        Ids.next(),
        server.tenantId(),
        server.id(),
        server.machineId(),
        kind,
        name,
        null,
        null,
        "the server was erased without its agent",
        OrphanRow.Status.PENDING,
        0,
        null,
        now,
        null,
        now);
  }
}
