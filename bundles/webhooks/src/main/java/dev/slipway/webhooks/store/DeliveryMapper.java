package dev.slipway.webhooks.store;

import dev.slipway.webhooks.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code webhooks_delivery} besides those of the line. */
public interface DeliveryMapper {
  @Nullable Delivery find(@Param("endpointId") UUID endpointId, @Param("id") UUID id);

  /** Latest first. */
  List<Delivery> list(
      @Param("endpointId") UUID endpointId, @Param("limit") int limit, @Param("offset") int offset);

  /** How many there are; counting stops at the limit. */
  long count(@Param("endpointId") UUID endpointId, @Param("limit") int limit);

  void insert(Delivery delivery);

  /** Removes deliveries that ended before then. */
  int deleteFinished(@Param("before") Instant before, @Param("limit") int limit);

  /** Removes whatever is left of endpoints that were deleted before then. */
  int deleteOrphans(@Param("before") Instant before, @Param("limit") int limit);
}
