package dev.slipway.billing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant stands with billing.
 *
 * @param planId null where an operator took the plan away; limits are those of the free plan then
 * @param planName empty where there is no plan
 * @param canceledAt when the cancellation was asked for; the plan stays until {@link
 *     #currentPeriodEnd}
 */
public record BillingState(
    UUID tenantId,
    @Nullable UUID planId,
    String planName,
    boolean billingWaived,
    long subscriptionCredits,
    long purchasedCredits,
    @Nullable String stripeCustomerId,
    @Nullable String stripeSubscriptionId,
    BillingStatus billingStatus,
    @Nullable BillingInterval billingInterval,
    @Nullable Instant currentPeriodEnd,
    @Nullable Instant canceledAt) {}
