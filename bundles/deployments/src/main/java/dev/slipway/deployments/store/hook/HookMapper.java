package dev.slipway.deployments.store.hook;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_hook}. */
public interface HookMapper extends TableMapper<HookRow> {
  Table TABLE =
      Table.of(
          "deployments_hook",
          "id",
          "tenant_id",
          "app_id",
          "name",
          "token_hash",
          "token_preview",
          "branch",
          "environment_id",
          "last_triggered_at",
          "trigger_count",
          "created_by",
          "created_at");

  @Select("select * from deployments_hook where app_id = #{appId} order by id")
  List<HookRow> ofApp(UUID appId);

  @Select("select count(*) from deployments_hook where app_id = #{appId}")
  int count(UUID appId);

  @Select("select * from deployments_hook where token_hash = #{hash}")
  @Nullable HookRow byHash(String hash);

  @Update(
      "update deployments_hook set trigger_count = trigger_count + 1, last_triggered_at = #{at}"
          + " where id = #{id}")
  int triggered(@Param("id") UUID id, @Param("at") Instant at);

  @Delete("delete from deployments_hook where app_id = #{appId} and id = #{id}")
  int remove(@Param("appId") UUID appId, @Param("id") UUID id);

  @Delete("delete from deployments_hook where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
