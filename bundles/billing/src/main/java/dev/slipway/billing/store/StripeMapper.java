package dev.slipway.billing.store;

import dev.slipway.billing.BillingInterval;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code billing_stripe_price} and {@code billing_stripe_event}. */
public interface StripeMapper {
  @Nullable String price(
      @Param("planId") UUID planId,
      @Param("interval") BillingInterval interval,
      @Param("amount") long amount,
      @Param("currency") String currency);

  int addPrice(
      @Param("id") String id,
      @Param("planId") UUID planId,
      @Param("interval") BillingInterval interval,
      @Param("amount") long amount,
      @Param("currency") String currency,
      @Param("at") Instant at);

  @Nullable UUID planOf(@Param("price") String price);

  int receive(
      @Param("id") String id,
      @Param("type") String type,
      @Param("objectId") String objectId,
      @Param("at") Instant at);

  List<StripeEvent> claim(
      @Param("now") Instant now, @Param("until") Instant until, @Param("limit") int limit);

  int done(@Param("id") String id, @Param("outcome") String outcome);

  int again(@Param("id") String id, @Param("at") Instant at, @Param("attempts") int attempts);

  int forget(@Param("before") Instant before, @Param("limit") int limit);
}
