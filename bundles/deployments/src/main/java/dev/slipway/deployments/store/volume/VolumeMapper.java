package dev.slipway.deployments.store.volume;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_volume}. */
public interface VolumeMapper extends TableMapper<VolumeRow> {
  Table TABLE =
      Table.of(
          "deployments_volume",
          "id",
          "tenant_id",
          "app_id",
          "environment_id",
          "server_id",
          "volume",
          "name",
          "kept_at",
          "doomed_at",
          "doomed_because");

  /** Adds it; one that is there is kept from now on. */
  int keep(VolumeRow row);

  List<String> keptOn(@Param("tenantId") UUID tenantId, @Param("serverId") UUID serverId);

  boolean elsewhere(VolumeRow row);

  int doom(
      @Param("appId") UUID appId,
      @Param("environmentId") @Nullable UUID environmentId,
      @Param("volume") @Nullable String volume,
      @Param("at") Instant at,
      @Param("because") String because);

  List<VolumeRow> needed(
      @Param("appId") UUID appId,
      @Param("environmentId") @Nullable UUID environmentId,
      @Param("volume") @Nullable String volume,
      @Param("at") Instant at);

  int gone(@Param("serverId") UUID serverId, @Param("name") String name);

  List<VolumeRow> unused(@Param("limit") int limit);

  int deleteOfServer(UUID serverId);

  int moveServer(@Param("from") UUID from, @Param("to") UUID to);
}
