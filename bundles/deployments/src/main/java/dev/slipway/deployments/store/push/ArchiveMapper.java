package dev.slipway.deployments.store.push;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;

/** Statements on {@code deployments_archive}. */
public interface ArchiveMapper extends TableMapper<ArchiveRow> {
  Table TABLE =
      Table.of(
          "deployments_archive",
          "id",
          "tenant_id",
          "app_id",
          "commit_sha",
          "message",
          "files",
          "size_bytes",
          "created_by",
          "created_at");

  @Delete("delete from deployments_archive where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
