package dev.slipway.admin.resource;

import dev.slipway.admin.resource.UserPayloads.MemberView;
import dev.slipway.admin.service.TenantAdmin;
import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.BillingStatus;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenants as operators see them. */
public final class TenantPayloads {
  private TenantPayloads() {}

  /** A tenant in the list. */
  public record Summary(
      UUID id,
      String name,
      String slug,
      boolean isRoot,
      boolean isActive,
      int memberCount,
      String planName,
      boolean billingWaived,
      long subscriptionCredits,
      long purchasedCredits,
      BillingStatus billingStatus,
      Instant createdAt) {
    static Summary of(TenantAdmin.Row row) {
      var tenant = row.size().tenant();
      var billing = row.billing();
      return new Summary(
          tenant.id(),
          tenant.name(),
          tenant.slug(),
          tenant.root(),
          tenant.active(),
          row.size().memberCount(),
          billing.planName(),
          billing.billingWaived(),
          billing.subscriptionCredits(),
          billing.purchasedCredits(),
          billing.billingStatus(),
          tenant.createdAt());
    }
  }

  /** All tenants, the oldest first. */
  public record Tenants(List<Summary> tenants) {
    static Tenants of(List<TenantAdmin.Row> rows) {
      return new Tenants(rows.stream().map(Summary::of).toList());
    }
  }

  /** A tenant. */
  public record View(
      UUID id,
      String name,
      String slug,
      boolean isRoot,
      boolean isActive,
      @Nullable UUID planId,
      boolean billingWaived,
      long subscriptionCredits,
      long purchasedCredits,
      @Nullable String stripeCustomerId,
      @Nullable String stripeSubscriptionId,
      BillingStatus billingStatus,
      @Nullable BillingInterval billingInterval,
      @Nullable Instant currentPeriodEnd,
      @Nullable Instant canceledAt,
      Instant createdAt,
      Instant updatedAt) {}

  /** A tenant with its members. */
  public record Detail(View tenant, List<MemberView> members) {
    static Detail of(TenantAdmin.Detail detail) {
      var tenant = detail.tenant();
      var billing = detail.billing();
      var view =
          new View(
              tenant.id(),
              tenant.name(),
              tenant.slug(),
              tenant.root(),
              tenant.active(),
              billing.planId(),
              billing.billingWaived(),
              billing.subscriptionCredits(),
              billing.purchasedCredits(),
              billing.stripeCustomerId(),
              billing.stripeSubscriptionId(),
              billing.billingStatus(),
              billing.billingInterval(),
              billing.currentPeriodEnd(),
              billing.canceledAt(),
              tenant.createdAt(),
              tenant.updatedAt());
      return new Detail(view, detail.members().stream().map(MemberView::of).toList());
    }
  }

  /** What to change; null keeps what is there. */
  public record Change(
      @Size(min = 1, max = 200) @Nullable String name,
      @Nullable Boolean billingWaived,
      @Min(0) @Nullable Long subscriptionCredits,
      @Min(0) @Nullable Long purchasedCredits) {
    TenantAdmin.Change toChange() {
      return new TenantAdmin.Change(name, billingWaived, subscriptionCredits, purchasedCredits);
    }
  }

  /** On or off. */
  public record StatusChange(@NotNull Boolean isActive) {}

  /** Another plan; an empty or missing id takes the plan away. */
  public record PlanChange(
      @Pattern(
              regexp = "|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
              message = "must be a UUID or empty")
          @Nullable String planId,
      @Nullable Boolean billingWaived) {
    @Nullable UUID plan() {
      return planId == null || planId.isEmpty() ? null : UUID.fromString(planId);
    }
  }

  /** How a subscription ends: at once, or with the paid period. */
  public record Cancellation(@Nullable Boolean immediate) {}

  /** Another end of the paid period. */
  public record SubscriptionChange(@Nullable Instant currentPeriodEnd) {}

  /** What became of the change. */
  public record Updated(String status) {
    static final Updated UPDATED = new Updated("updated");
  }
}
