package dev.slipway.deployments.store.preview;

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

/** Statements on {@code deployments_preview}; the XML has those over several tables. */
public interface PreviewMapper extends TableMapper<PreviewRow> {
  Table TABLE =
      Table.of(
          "deployments_preview",
          "id",
          "tenant_id",
          "app_id",
          "environment_id",
          "deployment_id",
          "pull_request_number",
          "branch",
          "commit_sha",
          "fork",
          "secrets",
          "created_at",
          "updated_at",
          "expires_at",
          "closed_at",
          "close_reason");

  /** Those of an app, or the one of this id; newest first. */
  List<ShownPreview> shown(
      @Param("appId") UUID appId,
      @Param("id") @Nullable UUID id,
      @Param("open") @Nullable Boolean open,
      @Param("limit") int limit,
      @Param("offset") int offset);

  long count(@Param("appId") UUID appId, @Param("open") @Nullable Boolean open);

  @Select(
      "select * from deployments_preview where app_id = #{appId} and closed_at is null"
          + " order by updated_at, id")
  List<PreviewRow> open(UUID appId);

  @Select("select * from deployments_preview where environment_id = #{environmentId}")
  @Nullable PreviewRow ofEnvironment(UUID environmentId);

  @Select(
      "select * from deployments_preview where closed_at is null and expires_at < #{now}"
          + " order by expires_at limit #{limit}")
  List<PreviewRow> expired(@Param("now") Instant now, @Param("limit") int limit);

  @Update(
      "update deployments_preview set deployment_id = #{deploymentId}, branch = #{branch},"
          + " commit_sha = #{commit}, updated_at = #{now}, expires_at = #{expires}"
          + " where id = #{id}")
  int deployed(
      @Param("id") UUID id,
      @Param("deploymentId") UUID deploymentId,
      @Param("branch") String branch,
      @Param("commit") String commit,
      @Param("now") Instant now,
      @Param("expires") Instant expires);

  @Update(
      "update deployments_preview set closed_at = #{now}, updated_at = #{now},"
          + " close_reason = #{reason} where id = #{id} and closed_at is null")
  int close(@Param("id") UUID id, @Param("reason") String reason, @Param("now") Instant now);

  @Delete("delete from deployments_preview where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
