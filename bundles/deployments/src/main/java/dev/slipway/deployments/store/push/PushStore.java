package dev.slipway.deployments.store.push;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.data.Database;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of pushes; every call needs a unit of work. */
public final class PushStore {
  private static final int KEPT = 500;

  private final PushMapper mapper;

  public PushStore(Database database) {
    mapper = database.mapper(PushMapper.class);
  }

  /** Notes one, and forgets the oldest of an app that has very many. */
  public void insert(PushRow row) {
    mapper.insert(row);
    mapper.prune(row.appId(), KEPT);
  }

  /** Those of an app, newest first. */
  public Page<PushRow> ofApp(UUID appId, PageRequest page) {
    return new Page<>(mapper.ofApp(appId, page.limit(), page.offset()), mapper.count(appId));
  }

  /** What became of it when it was told the first time. */
  public Optional<PushRow> told(UUID appId, String delivery, @Nullable UUID environmentId) {
    return Optional.ofNullable(mapper.told(appId, delivery, environmentId));
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
