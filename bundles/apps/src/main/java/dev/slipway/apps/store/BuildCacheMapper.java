package dev.slipway.apps.store;

import java.time.Instant;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code apps_build_cache}. */
public interface BuildCacheMapper {
  void drop(@Param("appId") UUID appId, @Param("tenantId") UUID tenantId, @Param("at") Instant at);

  int take(@Param("appId") UUID appId, @Param("deploymentId") UUID deploymentId);
}
