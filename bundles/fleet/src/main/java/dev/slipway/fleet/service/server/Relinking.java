package dev.slipway.fleet.service.server;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.Workloads.Kind;
import dev.slipway.fleet.service.Residents;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Moves all that stands on a stale server to the one that the same machine became. Nothing is sent
 * to either: what runs on the machine goes on running.
 */
@Component(service = Relinking.class)
public final class Relinking {
  private final Database db;
  private final ServerStore store;
  private final Residents residents;
  private final Events events;

  @Activate
  public Relinking(
      @Reference Database db,
      @Reference ServerStore store,
      @Reference Residents residents,
      @Reference Events events) {
    this.db = db;
    this.store = store;
    this.residents = residents;
    this.events = events;
  }

  /** How much was moved. */
  public record Moved(int apps, int services) {}

  /** Moves everything from a stale server to another. */
  public Moved relink(Caller caller, UUID staleId, UUID targetId) {
    var scope = Scope.of(caller);
    return db.write(
        scope,
        () -> {
          var stale = store.lock(staleId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
          if (targetId.equals(staleId)) {
            throw FleetError.RELINK_SAME.at("target_server_id");
          }
          var target =
              store
                  .lock(targetId)
                  .orElseThrow(() -> FleetError.SERVER_NOT_FOUND.at("target_server_id"));
          if (target.status() == ServerStatus.DEPROVISIONING) {
            throw FleetError.BEING_REMOVED.of();
          }
          if (store.hasStream(staleId)) {
            throw FleetError.RELINK_ALIVE.of();
          }
          var moved =
              new Moved(
                  residents.move(scope, staleId, targetId, Kind.APP),
                  residents.move(scope, staleId, targetId, Kind.SERVICE));
          events.publish(
              new FleetEvent.Relinked(staleId, stale.tenantId(), targetId, moved.apps()));
          return moved;
        });
  }
}
