package dev.slipway.deployments.store.approval;

import dev.slipway.api.Times;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Places in the queues of apps; every call needs a unit of work. */
public final class IntentStore {
  private final IntentMapper mapper;

  public IntentStore(Database database) {
    mapper = database.mapper(IntentMapper.class);
  }

  public void insert(IntentRow row) {
    mapper.insert(row);
  }

  /** The newest of an app in these statuses, newest first. */
  public List<IntentRow> ofApp(UUID appId, String[] statuses) {
    return mapper.ofApp(appId, statuses, null);
  }

  public Optional<IntentRow> find(UUID appId, UUID id) {
    return mapper.ofApp(appId, null, id).stream().findFirst();
  }

  /** Somebody, or the platform, decided on it; one that has left the queue stays as it is. */
  public void move(
      UUID deploymentId, IntentRow.Status to, @Nullable UUID by, @Nullable String reason) {
    mapper.move(deploymentId, to, by, reason, Times.now());
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
