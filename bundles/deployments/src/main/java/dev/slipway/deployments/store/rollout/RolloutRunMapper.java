package dev.slipway.deployments.store.rollout;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
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
          "asked_step",
          "asked_at",
          "answer",
          "created_at");

  @Update("update deployments_rollout set breach = #{breach} where id = #{id} and breach is null")
  int breach(@Param("id") UUID id, @Param("breach") String breach);

  @Update(
      """
      update deployments_rollout set asked_step = #{step}, asked_at = null, answer = null
      where id = #{id}
      """)
  int ask(@Param("id") UUID id, @Param("step") int step);

  @Update(
      """
      update deployments_rollout set asked_at = #{now}
      where id = #{id} and asked_step = #{step} and asked_at is null
      """)
  int asked(@Param("id") UUID id, @Param("step") Integer step, @Param("now") Instant now);

  @Update(
      """
      update deployments_rollout set answer = #{answer}
      where id = #{id} and asked_step = #{step} and answer is null
      """)
  int answer(@Param("id") UUID id, @Param("step") Integer step, @Param("answer") String answer);

  @Delete("delete from deployments_rollout where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
