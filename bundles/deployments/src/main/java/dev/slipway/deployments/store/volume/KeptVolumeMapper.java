package dev.slipway.deployments.store.volume;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_kept_volume}. */
public interface KeptVolumeMapper extends TableMapper<KeptVolumeRow> {
  Table TABLE =
      Table.of(
          "deployments_kept_volume",
          "id",
          "tenant_id",
          "server_id",
          "kind",
          "name",
          "app_id",
          "app_slug",
          "environment_id",
          "environment_slug",
          "volume",
          "deleted",
          "kept_at",
          "kept_by",
          "purge_id");

  /** Adds it; one that is there stays as it is. */
  int note(KeptVolumeRow row);

  List<KeptVolumeRow> list(
      @Param("filter") KeptVolumeFilter filter,
      @Param("limit") int limit,
      @Param("offset") int offset);

  long count(@Param("filter") KeptVolumeFilter filter);

  /** The one that a server knows by this name, which nobody else can change from now on. */
  @Nullable KeptVolumeRow lockNamed(
      @Param("serverId") UUID serverId,
      @Param("kind") KeptVolumeRow.Kind kind,
      @Param("name") String name);

  /** Whether an instance may be there that had it when it was deleted. */
  boolean hasInstance(UUID id);

  int wanted(@Param("appId") UUID appId, @Param("volume") String volume);

  int doom(
      @Param("appId") UUID appId,
      @Param("environmentId") @Nullable UUID environmentId,
      @Param("volume") @Nullable String volume,
      @Param("at") Instant at);

  int purging(@Param("id") UUID id, @Param("purgeId") @Nullable UUID purgeId);

  @Nullable KeptVolumeRow byPurge(UUID purgeId);

  int named(@Param("appId") UUID appId, @Param("slug") String slug);

  int deleteOfServer(UUID serverId);

  int moveServer(@Param("from") UUID from, @Param("to") UUID to);
}
