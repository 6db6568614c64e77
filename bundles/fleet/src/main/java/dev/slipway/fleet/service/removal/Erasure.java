package dev.slipway.fleet.service.removal;

import dev.slipway.activity.Operations;
import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.Topics;
import dev.slipway.fleet.service.command.CommandService;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Erases servers that refuse to go in good order: nothing is asked of the agent, and what runs
 * there is noted as left over.
 */
@Component(service = Erasure.class)
public final class Erasure {
  private final Database db;
  private final ServerStore servers;
  private final Orphans orphans;
  private final CommandService commands;
  private final Operations operations;
  private final Announcer announcer;

  private record Announcer(Events events, Signals signals) {}

  @Activate
  public Erasure(
      @Reference Database db,
      @Reference Orphans orphans,
      @Reference CommandService commands,
      @Reference Operations operations,
      @Reference Events events,
      @Reference Signals signals) {
    this.db = db;
    this.orphans = orphans;
    this.commands = commands;
    this.operations = operations;
    announcer = new Announcer(events, signals);
    servers = new ServerStore(db);
  }

  /** Erases one; returns how many leftovers were noted. */
  public int erase(Caller caller, UUID serverId) {
    var scope = Scope.of(caller);
    return db.write(
        scope,
        () -> {
          var server = servers.lock(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
          var recorded = orphans.record(server);
          if (server.status() == ServerStatus.DEPROVISIONING && server.operationId() != null) {
            operations.cancel(scope, server.operationId(), "the server was erased");
          }
          commands.endAll(serverId, "the server was erased");
          servers.removed(serverId);
          announcer.signals().raise(Topics.revoked(serverId));
          announcer
              .events()
              .publish(new FleetEvent.Deleted(serverId, server.tenantId(), server.name()));
          return recorded;
        });
  }
}
