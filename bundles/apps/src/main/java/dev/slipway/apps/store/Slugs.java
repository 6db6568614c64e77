package dev.slipway.apps.store;

import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** The slugs of one noun; the mappers of the nouns that have slugs bring the statements. */
public interface Slugs {
  /** Keeps others of the tenant from choosing slugs until the unit of work ends. */
  int hold(@Param("tenantId") UUID tenantId);

  boolean isTaken(@Param("tenantId") UUID tenantId, @Param("slug") String slug);

  /** The lowest number from 2 on for which {@code stem-number} is free. */
  int freeNumber(@Param("tenantId") UUID tenantId, @Param("stem") String stem);
}
