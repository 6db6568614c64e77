package dev.slipway.deployments.store.build;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_build}. */
public interface BuildMapper extends TableMapper<BuildRow> {
  Table TABLE =
      Table.of(
          "deployments_build",
          "id",
          "tenant_id",
          "app_id",
          "deployment_id",
          "release_name",
          "commit_sha",
          "branch",
          "framework",
          "runtime",
          "base",
          "image",
          "builder",
          "duration_ms",
          "status",
          "created_at");

  List<BuildRow> list(
      @Param("appId") @Nullable UUID appId,
      @Param("before") @Nullable Instant before,
      @Param("limit") int limit);

  @Nullable BuildRow byRelease(String name);

  int deleteOfApp(UUID appId);
}
