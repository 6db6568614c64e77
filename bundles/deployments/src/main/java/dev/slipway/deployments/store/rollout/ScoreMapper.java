package dev.slipway.deployments.store.rollout;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.deployments.store.SweepMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements on {@code deployments_health_score}. */
public interface ScoreMapper extends TableMapper<ScoreRow> {
  Table TABLE =
      Table.of(
          "deployments_health_score",
          "id",
          "tenant_id",
          "app_id",
          "score",
          "verdict",
          "components",
          "sample_window_seconds",
          "computed_at");

  /** Adds it, or takes the place of an older one. */
  @Insert(
      """
      insert into deployments_health_score (id, tenant_id, app_id, score, verdict, components,
        sample_window_seconds, computed_at)
      values (#{id}, #{tenantId}, #{appId}, #{score}, #{verdict},
        #{components,javaType=java.util.List}, #{sampleWindowSeconds}, #{computedAt})
      on conflict (id) do update
      set score = excluded.score, verdict = excluded.verdict, components = excluded.components,
        sample_window_seconds = excluded.sample_window_seconds, computed_at = excluded.computed_at
      """)
  int put(ScoreRow row);

  /** Live deployments of all tenants that were not scored since a time, longest ago first. */
  @Select(
      """
      select d.tenant_id, d.id from deployments_deployment d
      left join deployments_health_score s on s.id = d.id
      where d.status = 'live' and d.live_at > #{born} and d.live_at < #{since}
        and (s.id is null or s.computed_at < #{since})
      order by s.computed_at nulls first, d.id limit #{limit}
      """)
  List<SweepMapper.Found> due(
      @Param("born") Instant born, @Param("since") Instant since, @Param("limit") int limit);

  @Delete("delete from deployments_health_score where app_id = #{appId}")
  int deleteOfApp(UUID appId);
}
