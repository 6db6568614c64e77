package dev.slipway.deployments.store;

import dev.slipway.data.Database;
import java.util.Optional;
import java.util.UUID;

/** Rollout policies of apps; every call needs a unit of work. */
public final class RolloutStore {
  private final RolloutMapper mapper;

  public RolloutStore(Database database) {
    mapper = database.mapper(RolloutMapper.class);
  }

  public Optional<RolloutRow> ofApp(UUID appId) {
    return Optional.ofNullable(mapper.ofApp(appId));
  }

  public void insert(RolloutRow row) {
    mapper.insert(row);
  }

  public void update(RolloutRow row) {
    mapper.update(row);
  }

  /** False where the app had none. */
  public boolean deleteOfApp(UUID appId) {
    return mapper.deleteOfApp(appId) > 0;
  }
}
