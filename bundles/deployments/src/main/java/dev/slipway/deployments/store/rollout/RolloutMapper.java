package dev.slipway.deployments.store.rollout;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_rollout_policy}. */
public interface RolloutMapper extends TableMapper<RolloutRow> {
  Table TABLE =
      Table.of(
          "deployments_rollout_policy",
          "id",
          "tenant_id",
          "app_id",
          "strategy",
          "steps",
          "min_health_score",
          "bake_seconds",
          "auto_rollback",
          "max_error_rate_percent",
          "max_latency_p95_ms",
          "created_at",
          "updated_at");

  @Select("select * from deployments_rollout_policy where app_id = #{appId}")
  @Nullable RolloutRow ofApp(UUID appId);

  @Delete("delete from deployments_rollout_policy where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
