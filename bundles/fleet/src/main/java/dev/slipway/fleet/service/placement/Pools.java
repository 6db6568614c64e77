package dev.slipway.fleet.service.placement;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.data.ConstraintViolation;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.PlacementEvent;
import dev.slipway.fleet.service.LabelRule;
import dev.slipway.fleet.store.placement.PlacementStore;
import dev.slipway.fleet.store.placement.PoolRow;
import dev.slipway.fleet.store.server.ServerStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Pools of servers. A server is in the pool that it was put into, else in those whose labels it
 * has.
 */
@Component(service = Pools.class)
public final class Pools {
  private static final int MOST = 500;
  private static final String NAME = "fleet_pool_name";

  private final Database db;
  private final PlacementStore store;
  private final ServerStore servers;
  private final Events events;

  @Activate
  public Pools(
      @Reference Database db,
      @Reference PlacementStore store,
      @Reference ServerStore servers,
      @Reference Events events) {
    this.db = db;
    this.store = store;
    this.servers = servers;
    this.events = events;
  }

  /** A pool to be. */
  public record Draft(
      String name,
      @Nullable String description,
      Map<String, @Nullable String> labelSelectors,
      int monthlyCostCents,
      String currency) {}

  /** A pool and how many servers are in it. */
  public record Counted(PoolRow pool, int servers) {}

  public Counted create(Caller caller, Draft draft) {
    var now = Times.now();
    var pool =
        new PoolRow(
            Ids.next(),
            caller.tenantId(),
            draft.name().strip(),
            draft.description(),
            LabelRule.checked("label_selectors", draft.labelSelectors()),
            draft.monthlyCostCents(),
            draft.currency(),
            now,
            now);
    try {
      return db.write(
          Scope.of(caller),
          () -> {
            if (store.countPools() >= MOST) {
              throw FleetError.POOLS_EXHAUSTED.of(MOST);
            }
            store.insert(pool);
            events.publish(new PlacementEvent.PoolCreated(pool.id(), pool.tenantId(), pool.name()));
            return new Counted(pool, store.serverCounts().getOrDefault(pool.id(), 0));
          });
    } catch (ConstraintViolation clash) {
      if (clash.constraint().equals(NAME)) {
        throw FleetError.POOL_NAME_TAKEN.at("name", pool.name());
      }
      throw clash;
    }
  }

  public List<Counted> list(Caller caller) {
    return db.read(
        Scope.of(caller),
        () -> {
          var counts = store.serverCounts();
          return store.pools().stream()
              .map(pool -> new Counted(pool, counts.getOrDefault(pool.id(), 0)))
              .toList();
        });
  }

  /** Removes a pool; its servers stay. */
  public void delete(Caller caller, UUID poolId) {
    db.run(
        Scope.of(caller),
        () -> {
          var pool = store.pool(poolId).orElseThrow(FleetError.POOL_NOT_FOUND::of);
          servers.leavePool(poolId);
          store.deletePool(poolId);
          events.publish(new PlacementEvent.PoolDeleted(poolId, pool.tenantId(), pool.name()));
        });
  }
}
