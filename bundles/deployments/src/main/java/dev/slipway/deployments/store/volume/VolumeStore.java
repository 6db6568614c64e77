package dev.slipway.deployments.store.volume;

import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Volumes on servers; every call needs a unit of work. */
public final class VolumeStore {
  private final VolumeMapper volumes;

  public VolumeStore(Database database) {
    volumes = database.mapper(VolumeMapper.class);
  }

  /** It may be there from now on, and what it holds is needed. */
  public void keep(VolumeRow row) {
    volumes.keep(row);
  }

  /** The names of those on a server whose data is needed. */
  public Set<String> keptOn(UUID tenantId, UUID serverId) {
    return Set.copyOf(volumes.keptOn(tenantId, serverId));
  }

  /** Whether it is new on its server, and has data on another one. */
  public boolean elsewhere(VolumeRow row) {
    return volumes.elsewhere(row);
  }

  /**
   * Nobody needs what they hold any more; those that an instance got since then stay.
   *
   * @param environmentId null = all places of the app
   * @param volume what the app called it; null = all
   * @param at when that was said
   */
  public void doom(
      UUID appId,
      @Nullable UUID environmentId,
      @Nullable String volume,
      Instant at,
      String because) {
    volumes.doom(appId, environmentId, volume, at, because);
  }

  /**
   * Those whose data is needed, and was when something happened.
   *
   * @param environmentId null = all places of the app
   * @param volume what the app called it; null = all
   * @param at when it happened
   */
  public List<VolumeRow> needed(
      UUID appId, @Nullable UUID environmentId, @Nullable String volume, Instant at) {
    return volumes.needed(appId, environmentId, volume, at);
  }

  /** It is no longer on the server. */
  public void gone(UUID serverId, String name) {
    volumes.gone(serverId, name);
  }

  /** Those of all tenants that nobody needs and that nothing uses. */
  public List<VolumeRow> unused(int limit) {
    return volumes.unused(limit);
  }

  /** One that is still not needed, which nobody else can change until the unit of work ends. */
  public Optional<VolumeRow> lockDoomed(UUID id) {
    return Optional.ofNullable(volumes.lock(id)).filter(row -> row.doomedAt() != null);
  }

  public void delete(UUID id) {
    volumes.delete(id);
  }

  /** The server is gone, and all that was on it is out of reach. */
  public void deleteOfServer(UUID serverId) {
    volumes.deleteOfServer(serverId);
  }

  /** All that was on a server is on another one now. */
  public void moveServer(UUID from, UUID to) {
    volumes.moveServer(from, to);
  }
}
