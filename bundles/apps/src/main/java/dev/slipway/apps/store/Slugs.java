package dev.slipway.apps.store;

import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/**
 * The slugs of one noun; the mappers of the nouns that have slugs bring the statements. They are
 * unique within a tenant or, of what belongs to an app, within that.
 */
public interface Slugs {
  /** Keeps others from choosing slugs there until the unit of work ends. */
  int hold(@Param("within") UUID within);

  boolean isTaken(@Param("within") UUID within, @Param("slug") String slug);

  /** The lowest number from 2 on for which {@code stem-number} is free. */
  int freeNumber(@Param("within") UUID within, @Param("stem") String stem);
}
