package dev.slipway.deployments.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;

/** Statements on {@code deployments_rollout}. */
public interface RolloutRunMapper extends TableMapper<RolloutRunRow> {
  Table TABLE =
      Table.of(
          "deployments_rollout",
          "id",
          "tenant_id",
          "app_id",
          "strategy",
          "min_health_score",
          "auto_rollback",
          "max_error_rate_percent",
          "max_latency_p95_ms",
          "note",
          "breach",
          "created_at");

  @Update(
      "update deployments_rollout set breach = #{breach} where id = #{id} and breach is null")
  int breach(@Param("id") UUID id, @Param("breach") String breach);

  @Delete("delete from deployments_rollout where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
