package dev.slipway.deployments.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** What may need a push, over all tenants. */
public interface SweepMapper {
  /** Something of a tenant. */
  record Found(UUID tenantId, UUID id) {}

  /** Deployments and actions that are not over and first in their place, longest unseen first. */
  List<Found> runs(int limit);

  int looked(@Param("id") UUID id, @Param("at") Instant at);

  /** Deployments that nobody has agreed to in time. */
  List<Found> expired(@Param("now") Instant now, @Param("limit") int limit);

  /** Deployments that were watched for as long as they should be. */
  List<Found> watched(@Param("now") Instant now, @Param("limit") int limit);

  /** Projects that should be taken down by now. */
  List<Found> projects(@Param("now") Instant now, @Param("limit") int limit);

  /** Instances that should be gone by now. */
  List<Found> leaving(@Param("now") Instant now, @Param("limit") int limit);
}
