package dev.slipway.deployments.store.push;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements on {@code deployments_repository}. */
public interface RepositoryMapper extends TableMapper<RepositoryRow> {
  Table TABLE =
      Table.of("deployments_repository", "id", "tenant_id", "app_id", "size_bytes", "updated_at");

  @Insert(
      "insert into deployments_repository (id, tenant_id, app_id, size_bytes, updated_at)"
          + " values (#{id}, #{tenantId}, #{appId}, #{sizeBytes}, #{updatedAt})"
          + " on conflict (app_id) do update set size_bytes = excluded.size_bytes,"
          + " updated_at = excluded.updated_at")
  int put(RepositoryRow row);

  @Select(
      "select coalesce(sum(size_bytes), 0) from deployments_repository"
          + " where tenant_id = #{tenantId} and app_id <> #{appId}")
  long othersOf(@Param("tenantId") UUID tenantId, @Param("appId") UUID appId);

  @Delete("delete from deployments_repository where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
