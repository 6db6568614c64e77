package dev.slipway.billing.service;

import dev.slipway.billing.CreditResetPolicy;
import dev.slipway.billing.Entitlement;
import dev.slipway.billing.Plan;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** All of a plan that operators edit. */
public record PlanDraft(
    String name,
    String description,
    long monthlyPriceCents,
    long annualDiscountPct,
    long usageCreditsPerMonth,
    CreditResetPolicy creditResetPolicy,
    long bonusCredits,
    long userLimit,
    Map<String, Entitlement> entitlements) {
  /** Twelve of them are the most that Stripe takes at once, 999,999.99. */
  public static final long MAX_PRICE = 8_333_333;

  /** Leaves room for a thousand years of adding up. */
  public static final long MAX_CREDITS = 1_000_000_000_000L;

  private static final int MAX_NAME = 200;
  private static final int MAX_DESCRIPTION = 2000;
  private static final int MAX_ENTITLEMENTS = 200;
  private static final int MAX_USERS = 1_000_000;

  public PlanDraft {
    name = name.strip();
    entitlements = Map.copyOf(entitlements);
  }

  /** Refuses with 400 where something is wrong with it. */
  void check() {
    var faults =
        new Faults()
            .name("name", name, MAX_NAME)
            .text("description", description, MAX_DESCRIPTION, true)
            .range("monthlyPriceCents", monthlyPriceCents, 0, MAX_PRICE)
            .range("annualDiscountPct", annualDiscountPct, 0, 100)
            .range("usageCreditsPerMonth", usageCreditsPerMonth, 0, MAX_CREDITS)
            .range("bonusCredits", bonusCredits, 0, MAX_CREDITS)
            .range("userLimit", userLimit, 0, MAX_USERS);
    if (entitlements.size() > MAX_ENTITLEMENTS) {
      faults.add("entitlements", "must have at most " + MAX_ENTITLEMENTS + " keys");
    }
    entitlements.forEach((key, value) -> check(faults, key, value));
    faults.raise();
  }

  private static void check(Faults faults, String key, Entitlement value) {
    if (!key.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      faults.add(
          "entitlements", "keys have 1 to 100 letters, digits, dots, hyphens and underscores");
      return;
    }
    faults.text("entitlements." + key + ".description", value.description(), 500, false);
  }

  Plan asNew(UUID id, Instant now) {
    return plan(id, 1, false, now, now);
  }

  Plan over(Plan plan, Instant now) {
    return plan(plan.id(), plan.version(), plan.isSystem(), plan.createdAt(), now);
  }

  private Plan plan(UUID id, int version, boolean system, Instant created, Instant updated) {
    return new Plan(
        id,
        version,
        name,
        description,
        monthlyPriceCents,
        (int) annualDiscountPct,
        usageCreditsPerMonth,
        creditResetPolicy,
        bonusCredits,
        (int) userLimit,
        entitlements,
        system,
        created,
        updated);
  }
}
