package dev.slipway.deployments.store.hook;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deploy tokens; every call needs a unit of work. */
public final class DeployTokenStore {
  private final DeployTokenMapper mapper;

  public DeployTokenStore(Database database) {
    mapper = database.mapper(DeployTokenMapper.class);
  }

  public void insert(DeployTokenRow row) {
    mapper.insert(row);
  }

  /** Those that a user made for an app, newest first. */
  public List<DeployTokenRow> made(UUID appId, UUID by) {
    return mapper.made(appId, by);
  }

  public Optional<DeployTokenRow> find(UUID id) {
    return Optional.ofNullable(mapper.find(id));
  }

  /** One that has not expired. */
  public Optional<DeployTokenRow> byHash(String hash, Instant now) {
    return Optional.ofNullable(mapper.byHash(hash, now));
  }

  /** Notes that it is in use, unless that was noted since then. */
  public void used(UUID id, Instant now, Instant since) {
    mapper.used(id, now, since);
  }

  /** False where somebody else was faster. */
  public boolean remove(UUID id) {
    return mapper.remove(id) == 1;
  }

  /** Whoever made them may deploy nothing here any more. */
  public void deleteOfMaker(UUID userId) {
    mapper.deleteOfMaker(userId);
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
