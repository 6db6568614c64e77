package dev.slipway.deployments.store.overview;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Counts over the deployments of many environments at once. */
public interface FigureMapper {
  /** Deployments that began, or were refused their beginning, in one environment. */
  record Counted(UUID environmentId, int deployments, int failed) {}

  /** The last one that came from another place and went live. */
  record Promoted(UUID environmentId, UUID deploymentId, Instant at) {}

  @Select(
      """
      select environment_id, count(*)::int as deployments,
        (count(*) filter (where status = 'failed'))::int as failed
      from deployments_deployment
      where environment_id = any(#{ids}) and created_at >= #{from}
        and (started_at is not null or status = 'failed')
      group by environment_id
      """)
  List<Counted> counts(@Param("ids") UUID[] ids, @Param("from") Instant from);

  @Select(
      """
      select distinct on (environment_id) environment_id, id as deployment_id, live_at as at
      from deployments_deployment
      where environment_id = any(#{ids}) and promoted_from is not null and live_at is not null
      order by environment_id, live_at desc, id desc
      """)
  List<Promoted> promotions(@Param("ids") UUID[] ids);
}
