package dev.slipway.deployments.store.hook;

import dev.slipway.api.Times;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deploy hooks; every call needs a unit of work. */
public final class HookStore {
  private final HookMapper mapper;

  public HookStore(Database database) {
    mapper = database.mapper(HookMapper.class);
  }

  public void insert(HookRow row) {
    mapper.insert(row);
  }

  public List<HookRow> ofApp(UUID appId) {
    return mapper.ofApp(appId);
  }

  public int count(UUID appId) {
    return mapper.count(appId);
  }

  public Optional<HookRow> byHash(String hash) {
    return Optional.ofNullable(mapper.byHash(hash));
  }

  /** It was called. */
  public void triggered(UUID id) {
    mapper.triggered(id, Times.now());
  }

  /** False where the app has no such hook. */
  public boolean remove(UUID appId, UUID id) {
    return mapper.remove(appId, id) == 1;
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
