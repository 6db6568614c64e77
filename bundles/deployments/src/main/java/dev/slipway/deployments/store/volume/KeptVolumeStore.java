package dev.slipway.deployments.store.volume;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Data that stayed on servers; every call needs a unit of work. */
public final class KeptVolumeStore {
  private final KeptVolumeMapper mapper;

  public KeptVolumeStore(Database database) {
    mapper = database.mapper(KeptVolumeMapper.class);
  }

  /** It stays; said again it changes nothing. */
  public void note(KeptVolumeRow row) {
    mapper.note(row);
  }

  /** The newest first. */
  public Page<KeptVolumeRow> list(KeptVolumeFilter filter, PageRequest page) {
    return new Page<>(mapper.list(filter, page.limit(), page.offset()), mapper.count(filter));
  }

  public Optional<KeptVolumeRow> find(UUID id) {
    return Optional.ofNullable(mapper.find(id));
  }

  /** One that nobody else can change until the unit of work ends. */
  public Optional<KeptVolumeRow> lock(UUID id) {
    return Optional.ofNullable(mapper.lock(id));
  }

  /** Whether an instance may be there that had it when it was deleted. */
  public boolean hasInstance(KeptVolumeRow row) {
    return mapper.hasInstance(row.id());
  }

  /** The app has a volume of this name again, and finds what was kept. */
  public void wanted(UUID appId, String volume) {
    mapper.wanted(appId, volume);
  }

  /** What was kept of an app's volumes until then is not kept any more. */
  public void doom(UUID appId, @Nullable UUID environmentId, @Nullable String volume, Instant at) {
    mapper.doom(appId, environmentId, volume, at);
  }

  /** An operation deletes it now; null where that has failed. */
  public void purging(UUID id, @Nullable UUID purgeId) {
    mapper.purging(id, purgeId);
  }

  /** The one that an operation deletes; empty where it was found again since. */
  public Optional<KeptVolumeRow> byPurge(UUID purgeId) {
    return Optional.ofNullable(mapper.byPurge(purgeId));
  }

  /** It is gone. */
  public void delete(UUID id) {
    mapper.delete(id);
  }

  /** The app is gone, and was called this at last. */
  public void named(UUID appId, String slug) {
    mapper.named(appId, slug);
  }

  /** The server is gone, and all that was on it is out of reach. */
  public void deleteOfServer(UUID serverId) {
    mapper.deleteOfServer(serverId);
  }

  /** All that was on a server is on another one now. */
  public void moveServer(UUID from, UUID to) {
    mapper.moveServer(from, to);
  }
}
