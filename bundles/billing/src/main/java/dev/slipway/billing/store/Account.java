package dev.slipway.billing.store;

import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.BillingStatus;
import dev.slipway.billing.Plan;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's billing account.
 *
 * @param subscriptionReadAt when the subscription as it stands here was asked for
 * @param creditAnchor the start of the monthly cycles; null before the first plan
 * @param creditCycle how many cycles are behind
 * @param cycleCredits what the present cycle has brought already
 * @param nextCreditAt when the next cycle begins
 */
public record Account(
    UUID id,
    int version,
    UUID tenantId,
    @Nullable UUID planId,
    boolean billingWaived,
    long subscriptionCredits,
    long purchasedCredits,
    @Nullable String stripeCustomerId,
    @Nullable String stripeSubscriptionId,
    @Nullable Instant subscriptionReadAt,
    BillingStatus billingStatus,
    @Nullable BillingInterval billingInterval,
    @Nullable Instant currentPeriodEnd,
    @Nullable Instant canceledAt,
    @Nullable Instant creditAnchor,
    int creditCycle,
    long cycleCredits,
    @Nullable Instant nextCreditAt,
    Instant createdAt,
    Instant updatedAt) {

  /** The account of a tenant that billing has not heard of. */
  public static Account fresh(UUID tenantId, Instant now) {
    return new Account(
        tenantId,
        1,
        tenantId,
        Plan.FREE,
        false,
        0,
        0,
        null,
        null,
        null,
        BillingStatus.NONE,
        null,
        null,
        null,
        null,
        0,
        0,
        null,
        now,
        now);
  }

  /** Whether a subscription at Stripe is running. */
  public boolean subscribed() {
    return stripeSubscriptionId != null && billingStatus.live();
  }

  /** Begins an edit. */
  public AccountEdit edit() {
    return new AccountEdit(this);
  }
}
