package dev.slipway.fleet.store.placement;

import dev.slipway.data.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pools of servers and placement rules of apps; every call needs a unit of work. */
@Component(service = PlacementStore.class)
public final class PlacementStore {
  private final PlacementMapper mapper;

  @Activate
  public PlacementStore(@Reference Database database) {
    mapper = database.mapper(PlacementMapper.class);
  }

  public Optional<PoolRow> pool(UUID id) {
    return Optional.ofNullable(mapper.find(id));
  }

  /** The pools in order of name. */
  public List<PoolRow> pools() {
    return mapper.pools();
  }

  public int countPools() {
    return mapper.countPools();
  }

  /** How many servers are in each pool; a pool without any is not there. */
  public Map<UUID, Integer> serverCounts() {
    return mapper.counts().stream()
        .collect(Collectors.toMap(PlacementMapper.Count::poolId, PlacementMapper.Count::servers));
  }

  public void insert(PoolRow pool) {
    mapper.insert(pool);
  }

  /** False where there was none. */
  public boolean deletePool(UUID id) {
    return mapper.delete(id) == 1;
  }

  /** An app's rules, the oldest first. */
  public List<RuleRow> rules(UUID app) {
    return mapper.rules(app);
  }

  public void add(RuleRow rule) {
    mapper.addRule(rule);
  }

  /** False where the app has none with this id. */
  public boolean removeRule(UUID app, UUID rule) {
    return mapper.removeRule(app, rule) == 1;
  }
}
