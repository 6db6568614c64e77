package dev.slipway.deployments.store.build;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of builds; every call needs a unit of work. */
public final class BuildStore {
  private final BuildMapper mapper;

  public BuildStore(Database database) {
    mapper = database.mapper(BuildMapper.class);
  }

  public void insert(BuildRow row) {
    mapper.insert(row);
  }

  public Optional<BuildRow> find(UUID id) {
    return Optional.ofNullable(mapper.find(id));
  }

  /** The build behind a release of the tenant. */
  public Optional<BuildRow> byRelease(String name) {
    return Optional.ofNullable(mapper.byRelease(name));
  }

  /** Builds that are older than a time, newest first; null = all. */
  public List<BuildRow> list(@Nullable UUID appId, @Nullable Instant before, int limit) {
    return mapper.list(appId, before, limit);
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
