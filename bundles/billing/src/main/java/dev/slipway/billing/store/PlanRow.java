package dev.slipway.billing.store;

import dev.slipway.billing.CreditResetPolicy;
import dev.slipway.billing.Entitlement;
import dev.slipway.billing.Plan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A plan as its table keeps it. */
public record PlanRow(
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
    Map<String, Object> entitlements,
    boolean isSystem,
    Instant createdAt,
    Instant updatedAt) {

  static PlanRow of(Plan plan) {
    var entitlements = new LinkedHashMap<String, Object>();
    plan.entitlements().forEach((key, value) -> entitlements.put(key, members(value)));
    return new PlanRow(
        plan.id(),
        plan.version(),
        plan.name(),
        plan.description(),
        plan.monthlyPriceCents(),
        plan.annualDiscountPct(),
        plan.usageCreditsPerMonth(),
        plan.creditResetPolicy(),
        plan.bonusCredits(),
        plan.userLimit(),
        entitlements,
        plan.isSystem(),
        plan.createdAt(),
        plan.updatedAt());
  }

  Plan toPlan() {
    var values = new LinkedHashMap<String, Entitlement>();
    entitlements.forEach((key, value) -> values.put(key, entitlement((Map<?, ?>) value)));
    return new Plan(
        id,
        version,
        name,
        description,
        monthlyPriceCents,
        annualDiscountPct,
        usageCreditsPerMonth,
        creditResetPolicy,
        bonusCredits,
        userLimit,
        values,
        isSystem,
        createdAt,
        updatedAt);
  }

  private static Map<String, Object> members(Entitlement value) {
    return Map.of(
        "type",
        value.type().name().toLowerCase(Locale.ROOT),
        "bool_value",
        value.boolValue(),
        "numeric_value",
        value.numericValue(),
        "description",
        value.description());
  }

  private static Entitlement entitlement(Map<?, ?> members) {
    return new Entitlement(
        Entitlement.Type.valueOf(String.valueOf(members.get("type")).toUpperCase(Locale.ROOT)),
        Boolean.TRUE.equals(members.get("bool_value")),
        ((Number) members.get("numeric_value")).longValue(),
        String.valueOf(members.get("description")));
  }
}
