package dev.slipway.fleet.service.placement;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.Workloads.Kind;
import dev.slipway.fleet.service.Residents;
import dev.slipway.fleet.service.server.ServerRights;
import dev.slipway.fleet.store.server.ServerStore;
import dev.slipway.fleet.store.server.Standing;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens and closes servers for new deployments. What runs on one stays there. */
@Component(service = Scheduling.class)
public final class Scheduling {
  private final Database db;
  private final ServerStore store;
  private final ServerRights rights;
  private final Residents residents;
  private final Events events;

  @Activate
  public Scheduling(
      @Reference Database db,
      @Reference ServerStore store,
      @Reference ServerRights rights,
      @Reference Residents residents,
      @Reference Events events) {
    this.db = db;
    this.store = store;
    this.rights = rights;
    this.residents = residents;
    this.events = events;
  }

  /** Whether a server takes work, and how much is on it. */
  public record Status(Standing standing, int apps, int services) {
    /** Whether new deployments may land on it. */
    public boolean acceptsDeployments() {
      return standing.status() == ServerStatus.ONLINE
          && !standing.isCordoned()
          && !standing.isDraining();
    }
  }

  public Status status(Caller caller, UUID serverId) {
    var scope = Scope.of(caller);
    return db.read(scope, () -> read(scope, serverId));
  }

  public Status cordon(Caller caller, UUID serverId, @Nullable String reason) {
    return change(caller, serverId, reason, () -> store.cordon(serverId, true, reason));
  }

  public Status uncordon(Caller caller, UUID serverId) {
    return change(caller, serverId, null, () -> store.cordon(serverId, false, null));
  }

  /** Closes it, and says that what is there is to go. */
  public Status drain(Caller caller, UUID serverId, @Nullable String reason) {
    return change(
        caller,
        serverId,
        reason,
        () -> {
          store.cordon(serverId, true, reason);
          store.drain(serverId, true);
        });
  }

  /** Opens it again. */
  public Status undrain(Caller caller, UUID serverId) {
    return change(
        caller,
        serverId,
        null,
        () -> {
          store.drain(serverId, false);
          store.cordon(serverId, false, null);
        });
  }

  private Status change(Caller caller, UUID serverId, @Nullable String reason, Runnable how) {
    rights.require(caller, serverId, ServerRight.OPERATOR);
    var scope = Scope.of(caller);
    return db.write(
        scope,
        () -> {
          var before = store.lock(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
          how.run();
          var status = read(scope, serverId);
          var now = status.standing();
          if (before.isCordoned() != now.isCordoned() || before.isDraining() != now.isDraining()) {
            events.publish(
                new FleetEvent.SchedulingChanged(
                    serverId,
                    before.tenantId(),
                    before.name(),
                    now.isCordoned(),
                    now.isDraining(),
                    reason));
          }
          return status;
        });
  }

  private Status read(Scope scope, UUID serverId) {
    var standing = store.standing(serverId).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
    return new Status(
        standing,
        residents.count(scope, serverId, Kind.APP),
        residents.count(scope, serverId, Kind.SERVICE));
  }
}
