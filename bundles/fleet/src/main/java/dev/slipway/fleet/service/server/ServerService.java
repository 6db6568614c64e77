package dev.slipway.fleet.service.server;

import dev.slipway.api.Caller;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Patch;
import dev.slipway.api.Scope;
import dev.slipway.api.event.Events;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.FleetEvent;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.service.LabelRule;
import dev.slipway.fleet.store.placement.PlacementStore;
import dev.slipway.fleet.store.server.ServerFilter;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Servers, for people. */
@Component(service = ServerService.class)
public final class ServerService {
  private static final String NAME = "fleet_server_name";

  private final Database db;
  private final ServerStore store;
  private final PlacementStore placement;
  private final ServerRights rights;
  private final Events events;

  @Activate
  public ServerService(
      @Reference Database db,
      @Reference ServerStore store,
      @Reference PlacementStore placement,
      @Reference ServerRights rights,
      @Reference Events events) {
    this.db = db;
    this.store = store;
    this.placement = placement;
    this.rights = rights;
    this.events = events;
  }

  /** The caller's servers. */
  public Page<ServerRow> list(Caller caller, ServerFilter filter, PageRequest page) {
    return db.read(Scope.of(caller), () -> store.list(filter, page));
  }

  /** One of the caller's servers. */
  public ServerRow get(Caller caller, UUID id) {
    return db.read(Scope.of(caller), () -> store.find(id))
        .orElseThrow(FleetError.SERVER_NOT_FOUND::of);
  }

  /** What of a server can be edited. */
  public record Edit(
      Patch<String> name,
      Patch<String> description,
      Patch<String> provider,
      Patch<String> region,
      Patch<Integer> monthlyCostCents) {}

  /** Changes descriptive fields. */
  public ServerRow edit(Caller caller, UUID id, Edit edit) {
    rights.require(caller, id, ServerRight.ADMIN);
    var name = edit.name().or("");
    try {
      return db.write(
          Scope.of(caller),
          () -> {
            var current = locked(id);
            store.describe(edited(current, edit));
            return said(id);
          });
    } catch (ConstraintViolation clash) {
      if (clash.constraint().equals(NAME)) {
        throw FleetError.NAME_TAKEN.at("name", String.valueOf(name));
      }
      throw clash;
    }
  }

  /** Replaces all labels. */
  public Map<String, Object> label(Caller caller, UUID id, Map<String, @Nullable String> labels) {
    rights.require(caller, id, ServerRight.ADMIN);
    var checked = LabelRule.checked(labels);
    return db.write(
        Scope.of(caller),
        () -> {
          locked(id);
          store.label(id, checked);
          return said(id).labels();
        });
  }

  /** Puts a server into a pool. */
  public ServerRow intoPool(Caller caller, UUID id, UUID poolId) {
    rights.require(caller, id, ServerRight.ADMIN);
    return db.write(
        Scope.of(caller),
        () -> {
          locked(id);
          placement.pool(poolId).orElseThrow(() -> FleetError.POOL_NOT_FOUND.at("pool_id"));
          store.intoPool(id, poolId);
          return said(id);
        });
  }

  private ServerRow locked(UUID id) {
    return store.lock(id).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
  }

  private ServerRow said(UUID id) {
    var row = store.find(id).orElseThrow(FleetError.SERVER_NOT_FOUND::of);
    events.publish(new FleetEvent.Updated(id, row.tenantId(), row.name()));
    return row;
  }

  private static ServerRow edited(ServerRow row, Edit edit) {
    return row.described(
        edit.name().orKeep("name", row.name()).strip(),
        edit.description().or(row.description()),
        edit.provider().or(row.provider()),
        edit.region().or(row.region()),
        edit.monthlyCostCents().or(row.monthlyCostCents()));
  }
}
