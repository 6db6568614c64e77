package dev.slipway.deployments.store;

import java.time.Instant;
import org.apache.ibatis.annotations.Param;

/** What is asked of {@code deployments_deployment} before a version is deployed again. */
public interface RenewalMapper {
  boolean asked(@Param("place") Place place, @Param("since") Instant since);
}
