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

/** Statements on {@code deployments_token}. */
public interface DeployTokenMapper extends TableMapper<DeployTokenRow> {
  Table TABLE =
      Table.of(
          "deployments_token",
          "id",
          "tenant_id",
          "app_id",
          "name",
          "token_hash",
          "prefix",
          "created_by",
          "created_at",
          "expires_at",
          "last_used_at");

  @Select(
      "select * from deployments_token where app_id = #{appId} and created_by = #{by}"
          + " order by id desc")
  List<DeployTokenRow> made(@Param("appId") UUID appId, @Param("by") UUID by);

  @Select(
      "select * from deployments_token where token_hash = #{hash}"
          + " and (expires_at is null or expires_at > #{now})")
  @Nullable DeployTokenRow byHash(@Param("hash") String hash, @Param("now") Instant now);

  @Update(
      "update deployments_token set last_used_at = #{now} where id = #{id}"
          + " and (last_used_at is null or last_used_at < #{since})")
  int used(@Param("id") UUID id, @Param("now") Instant now, @Param("since") Instant since);

  @Delete("delete from deployments_token where id = #{id}")
  int remove(UUID id);

  @Delete("delete from deployments_token where created_by = #{userId}")
  int deleteOfMaker(UUID userId);

  @Delete("delete from deployments_token where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
