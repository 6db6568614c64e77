package dev.slipway.billing.store;

import dev.slipway.billing.BillingInterval;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that was begun. Its id is the key under which Stripe is asked, so that asking twice
 * opens one session.
 *
 * @param price Stripe's price; null for a bundle
 * @param sessionId null until Stripe has answered
 */
public record Checkout(
    UUID id,
    UUID tenantId,
    @Nullable UUID userId,
    @Nullable UUID planId,
    @Nullable String planName,
    @Nullable UUID bundleId,
    @Nullable String bundleName,
    long credits,
    @Nullable BillingInterval billingInterval,
    long amountCents,
    String currency,
    @Nullable String price,
    @Nullable String sessionId,
    @Nullable String url,
    Status status,
    Instant createdAt,
    Instant expiresAt) {
  /** What became of it. */
  public enum Status {
    OPEN,
    COMPLETED,
    CLOSED
  }

  /** Whether it is for the same thing at the same price. */
  public boolean sameAs(Checkout other) {
    return java.util.Objects.equals(planId, other.planId)
        && java.util.Objects.equals(bundleId, other.bundleId)
        && billingInterval == other.billingInterval
        && amountCents == other.amountCents
        && credits == other.credits
        && currency.equals(other.currency);
  }
}
