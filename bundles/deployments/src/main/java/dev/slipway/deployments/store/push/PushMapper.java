package dev.slipway.deployments.store.push;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_push}. */
public interface PushMapper extends TableMapper<PushRow> {
  Table TABLE =
      Table.of(
          "deployments_push",
          "id",
          "tenant_id",
          "app_id",
          "environment_id",
          "delivery",
          "branch",
          "commit_sha",
          "message",
          "changed_paths",
          "outcome",
          "reason",
          "deployment_id",
          "pushed_by",
          "created_at");

  @Select(
      "select * from deployments_push where app_id = #{appId} order by id desc"
          + " limit #{limit} offset #{offset}")
  List<PushRow> ofApp(
      @Param("appId") UUID appId, @Param("limit") int limit, @Param("offset") int offset);

  @Select("select count(*) from deployments_push where app_id = #{appId}")
  long count(UUID appId);

  @Select(
      "select * from deployments_push where app_id = #{appId} and delivery = #{delivery}"
          + " and environment_id is not distinct from #{environmentId}::uuid")
  @Nullable PushRow told(
      @Param("appId") UUID appId,
      @Param("delivery") String delivery,
      @Param("environmentId") @Nullable UUID environmentId);

  @Delete(
      "delete from deployments_push where app_id = #{appId} and id <= (select id from"
          + " deployments_push where app_id = #{appId} order by id desc offset #{kept} limit 1)")
  int prune(@Param("appId") UUID appId, @Param("kept") int kept);

  @Delete("delete from deployments_push where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
