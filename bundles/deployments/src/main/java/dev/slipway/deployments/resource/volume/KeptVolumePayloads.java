package dev.slipway.deployments.resource.volume;

import dev.slipway.api.Page;
import dev.slipway.deployments.store.volume.KeptVolumeRow;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Kept data as clients see it. */
public final class KeptVolumePayloads {
  private KeptVolumePayloads() {}

  /**
   * Data that stayed on a server when what it belonged to was deleted.
   *
   * @param name what the server calls the volume, or the project of the Compose file
   * @param environmentId null for production
   * @param volume what the app called it; null for all volumes of a Compose file
   * @param deleted what was deleted
   * @param keptBy null where an API key asked for it
   * @param purgeOperationId deletes it right now
   */
  public record View(
      UUID id,
      KeptVolumeRow.Kind kind,
      UUID serverId,
      String name,
      UUID appId,
      String appSlug,
      @Nullable UUID environmentId,
      @Nullable String environmentSlug,
      @Nullable String volume,
      KeptVolumeRow.Deleted deleted,
      Instant keptAt,
      @Nullable UUID keptBy,
      @Nullable UUID purgeOperationId) {

    static View of(KeptVolumeRow row) {
      return new View(
          row.id(),
          row.kind(),
          row.serverId(),
          row.name(),
          row.appId(),
          row.appSlug(),
          row.environmentId(),
          row.environmentSlug(),
          row.volume(),
          row.deleted(),
          row.keptAt(),
          row.keptBy(),
          row.purgeId());
    }
  }

  public record KeptVolumeAnswer(View keptVolume) {
    static KeptVolumeAnswer of(KeptVolumeRow row) {
      return new KeptVolumeAnswer(View.of(row));
    }
  }

  /** The kept data of a tenant. */
  public record KeptVolumesAnswer(List<View> keptVolumes, long total) {
    static KeptVolumesAnswer of(Page<KeptVolumeRow> page) {
      return new KeptVolumesAnswer(page.items().stream().map(View::of).toList(), page.total());
    }
  }
}
