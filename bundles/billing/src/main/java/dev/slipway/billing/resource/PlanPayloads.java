package dev.slipway.billing.resource;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.slipway.api.CommonError;
import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.BillingStatus;
import dev.slipway.billing.CreditResetPolicy;
import dev.slipway.billing.Entitlement;
import dev.slipway.billing.Plan;
import dev.slipway.billing.service.BillingService;
import dev.slipway.billing.service.PlanDraft;
import dev.slipway.billing.service.PlanService;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plans as clients see them. */
public final class PlanPayloads {
  private PlanPayloads() {}

  /** Only {@code type} is required; the rest is false, 0 and empty. */
  public record EntitlementInput(
      Entitlement.@Nullable Type type,
      @Nullable Boolean boolValue,
      @Nullable Long numericValue,
      @Nullable @Size(max = 1000) String description) {

    Entitlement toEntitlement(String key) {
      if (type == null) {
        throw CommonError.INVALID.of().withField("entitlements." + key + ".type", "is required");
      }
      return new Entitlement(
          type,
          Boolean.TRUE.equals(boolValue),
          Objects.requireNonNullElse(numericValue, 0L),
          Objects.requireNonNullElse(description, ""));
    }
  }

  public record PlanInput(
      @NotNull @Size(max = 1000) String name,
      @Nullable Long monthlyPriceCents,
      @Nullable Long annualDiscountPct,
      @Nullable Long usageCreditsPerMonth,
      @Nullable CreditResetPolicy creditResetPolicy,
      @Nullable Long bonusCredits,
      @Nullable Long userLimit,
      @Nullable Map<String, @Nullable EntitlementInput> entitlements,
      @Nullable @Size(max = 10_000) String description) {

    PlanDraft toDraft() {
      return new PlanDraft(
          name,
          Objects.requireNonNullElse(description, ""),
          number(monthlyPriceCents),
          number(annualDiscountPct),
          number(usageCreditsPerMonth),
          Objects.requireNonNullElse(creditResetPolicy, CreditResetPolicy.RESET),
          number(bonusCredits),
          number(userLimit),
          toEntitlements());
    }

    private static long number(@Nullable Long value) {
      return value == null ? 0 : value;
    }

    private Map<String, Entitlement> toEntitlements() {
      var values = new LinkedHashMap<String, Entitlement>();
      if (entitlements != null) {
        entitlements.forEach((key, input) -> values.put(key, read(key, input)));
      }
      return values;
    }

    private static Entitlement read(String key, @Nullable EntitlementInput input) {
      if (input == null) {
        throw CommonError.INVALID.of().withField("entitlements." + key, "must not be null");
      }
      return input.toEntitlement(key);
    }
  }

  public record EntitlementView(
      Entitlement.Type type, boolean boolValue, long numericValue, String description) {
    static EntitlementView of(Entitlement value) {
      return new EntitlementView(
          value.type(), value.boolValue(), value.numericValue(), value.description());
    }
  }

  public record PlanView(
      UUID id,
      String name,
      String description,
      long monthlyPriceCents,
      int annualDiscountPct,
      long usageCreditsPerMonth,
      CreditResetPolicy creditResetPolicy,
      long bonusCredits,
      int userLimit,
      Map<String, EntitlementView> entitlements,
      boolean isSystem,
      Instant createdAt,
      Instant updatedAt) {
    public static PlanView of(Plan plan) {
      var entitlements = new TreeMap<String, EntitlementView>();
      plan.entitlements().forEach((key, value) -> entitlements.put(key, EntitlementView.of(value)));
      return new PlanView(
          plan.id(),
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
  }

  public record CountedPlan(@JsonUnwrapped PlanView plan, long subscriberCount) {}

  public record CountedPlansAnswer(List<CountedPlan> plans) {
    static CountedPlansAnswer of(PlanService.Overview overview) {
      return new CountedPlansAnswer(
          overview.plans().stream()
              .map(
                  plan ->
                      new CountedPlan(
                          PlanView.of(plan), overview.subscribers().getOrDefault(plan.id(), 0L)))
              .toList());
    }
  }

  public record KeyView(String key, Entitlement.Type type, String description) {}

  public record KeysAnswer(List<KeyView> keys) {
    static KeysAnswer of(Map<String, Entitlement> keys) {
      return new KeysAnswer(
          keys.entrySet().stream()
              .map(
                  entry ->
                      new KeyView(
                          entry.getKey(), entry.getValue().type(), entry.getValue().description()))
              .toList());
    }
  }

  public record OfferAnswer(
      List<PlanView> plans,
      @Nullable UUID currentPlanId,
      boolean billingWaived,
      long tenantSubscriptionCredits,
      long tenantPurchasedCredits,
      BillingStatus billingStatus,
      @Nullable BillingInterval billingInterval,
      @Nullable Instant currentPeriodEnd,
      @Nullable Instant canceledAt) {
    static OfferAnswer of(BillingService.Offer offer) {
      var account = offer.account();
      return new OfferAnswer(
          offer.plans().stream().map(PlanView::of).toList(),
          account.planId(),
          account.billingWaived(),
          account.subscriptionCredits(),
          account.purchasedCredits(),
          account.billingStatus(),
          account.billingInterval(),
          account.currentPeriodEnd(),
          account.canceledAt());
    }
  }

  public record DeletedAnswer(String status) {}
}
