package dev.slipway.webhooks.store;

import dev.slipway.webhooks.Delivery;
import dev.slipway.webhooks.Family;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code webhooks_queue} and the line of each endpoint. */
public interface QueueMapper {
  /** Open endpoints that hear this, their lines locked in order of id. */
  List<Line> targets(
      @Param("family") Family family,
      @Param("tenantId") @Nullable UUID tenantId,
      @Param("appId") @Nullable UUID appId,
      @Param("eventType") String eventType);

  @Nullable Line lock(@Param("endpointId") UUID endpointId);

  /** Puts a message at the end of these lines; a line that has the event already stays. */
  int append(
      @Param("ids") UUID[] ids,
      @Param("endpoints") UUID[] endpoints,
      @Param("message") Message message);

  /** Leases lines whose first delivery is due and whose lease is free or over. */
  List<Leased> claim(
      @Param("strained") boolean strained,
      @Param("now") Instant now,
      @Param("lease") UUID lease,
      @Param("until") Instant until,
      @Param("limit") int limit);

  List<Delivery> heads(@Param("endpointId") UUID endpointId, @Param("limit") int limit);

  /** The endpoint's version, 0 where it takes nothing more; null where the lease was lost. */
  @Nullable Integer settle(Settlement settlement);

  int release(
      @Param("endpointId") UUID endpointId,
      @Param("lease") UUID lease,
      @Param("notBefore") @Nullable Instant notBefore);

  /** Lets the first delivery be tried at once. */
  int hurry(@Param("endpointId") UUID endpointId, @Param("now") Instant now);

  /** Ends deliveries that have waited since before then. */
  int expire(@Param("before") Instant before, @Param("now") Instant now, @Param("limit") int limit);
}
