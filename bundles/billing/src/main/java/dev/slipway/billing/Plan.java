package dev.slipway.billing;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A plan on offer.
 *
 * @param annualDiscountPct 0..100, off twelve monthly prices
 * @param bonusCredits given once, when a tenant first takes the plan
 * @param userLimit most members; 0 = any number
 * @param isSystem neither renamed nor removed
 */
public record Plan(
    UUID id,
    int version,
    String name,
    String description,
    long monthlyPriceCents,
    int annualDiscountPct,
    long usageCreditsPerMonth,
    CreditResetPolicy creditResetPolicy,
    long bonusCredits,
    int userLimit,
    Map<String, Entitlement> entitlements,
    boolean isSystem,
    Instant createdAt,
    Instant updatedAt) {
  /** The system plan that every tenant starts on. */
  public static final UUID FREE = UUID.fromString("01900000-0000-7000-8000-000000000001");

  public Plan {
    entitlements = Map.copyOf(entitlements);
  }

  /** What it costs per interval, in minor units; half a unit is rounded up. */
  public long price(BillingInterval interval) {
    return interval == BillingInterval.MONTH
        ? monthlyPriceCents
        : Math.floorDiv(monthlyPriceCents * 12 * (100 - annualDiscountPct) + 50, 100);
  }
}
