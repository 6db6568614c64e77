package dev.slipway.deployments.store.volume;

import dev.slipway.api.Ids;
import dev.slipway.deployments.store.Place;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Data that stayed on a server when what it belonged to was deleted.
 *
 * @param name what the server calls it
 * @param appSlug as the app was called then
 * @param environmentId null = the app's production
 * @param volume what the app called it; null for the volumes of a Compose file
 * @param keptBy null where an API key asked for it
 * @param purgeId the operation that deletes it right now
 */
public record KeptVolumeRow(
    UUID id,
    UUID tenantId,
    UUID serverId,
    Kind kind,
    String name,
    UUID appId,
    String appSlug,
    @Nullable UUID environmentId,
    @Nullable String environmentSlug,
    @Nullable String volume,
    Deleted deleted,
    Instant keptAt,
    @Nullable UUID keptBy,
    @Nullable UUID purgeId) {
  /** What it is. */
  public enum Kind {
    VOLUME,
    /** All volumes that the Compose file of an app had in one place. */
    COMPOSE
  }

  /** What was deleted. */
  public enum Deleted {
    VOLUME,
    ENVIRONMENT,
    APP
  }

  /**
   * How it came to be kept.
   *
   * @param at when that was asked for
   * @param by null where an API key asked for it
   */
  public record Origin(
      String appSlug,
      @Nullable String environmentSlug,
      Deleted deleted,
      Instant at,
      @Nullable UUID by) {}

  /** A volume that stays. */
  public static KeptVolumeRow of(VolumeRow row, Origin origin) {
    return new KeptVolumeRow(
        Ids.next(),
        row.tenantId(),
        row.serverId(),
        Kind.VOLUME,
        row.name(),
        row.appId(),
        origin.appSlug(),
        row.environmentId(),
        origin.environmentSlug(),
        row.volume(),
        origin.deleted(),
        origin.at(),
        origin.by(),
        null);
  }

  /** The volumes of a Compose file, which stay. */
  public static KeptVolumeRow of(ProjectRow row, Origin origin) {
    return new KeptVolumeRow(
        Ids.next(),
        row.tenantId(),
        row.serverId(),
        Kind.COMPOSE,
        row.name(),
        row.appId(),
        origin.appSlug(),
        row.environmentId(),
        origin.environmentSlug(),
        null,
        origin.deleted(),
        origin.at(),
        origin.by(),
        null);
  }

  /** Where it was used. */
  public Place place() {
    return new Place(appId, environmentId);
  }
}
