package dev.slipway.admin.service;

import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.TenantSize;
import dev.slipway.accounts.Tenants;
import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Scope;
import dev.slipway.billing.BillingAccounts;
import dev.slipway.billing.BillingState;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tenants with how they stand with billing. */
@Component(service = TenantAdmin.class)
public final class TenantAdmin {
  private static final Scope SCOPE = Scope.platform("operators administer all tenants");

  private final Database database;
  private final Tenants tenants;
  private final BillingAccounts billing;

  @Activate
  public TenantAdmin(
      @Reference Database database,
      @Reference Tenants tenants,
      @Reference BillingAccounts billing) {
    this.database = database;
    this.tenants = tenants;
    this.billing = billing;
  }

  /** A tenant of the list. */
  public record Row(TenantSize size, BillingState billing) {}

  /** A tenant with its members. */
  public record Detail(Tenant tenant, BillingState billing, List<Member> members) {}

  /** What to change; null keeps what is there. */
  public record Change(
      @Nullable String name,
      @Nullable Boolean billingWaived,
      @Nullable Long subscriptionCredits,
      @Nullable Long purchasedCredits) {}

  /** All tenants, the oldest first. */
  public List<Row> list() {
    return database.read(
        SCOPE,
        () -> {
          var all = tenants.list();
          var states = billing.states(all.stream().map(size -> size.tenant().id()).toList());
          return all.stream().map(size -> new Row(size, states.get(size.tenant().id()))).toList();
        });
  }

  /** One tenant. */
  public Detail get(UUID tenantId) {
    return database.read(
        SCOPE,
        () ->
            new Detail(
                tenants.require(tenantId), billing.state(tenantId), tenants.members(tenantId)));
  }

  /** Changes all that is given, or nothing. */
  public void change(Caller caller, UUID tenantId, Change change) {
    database.run(
        SCOPE,
        () -> {
          CurrentOperation.detail("tenant", tenantId.toString());
          var tenant = tenants.require(tenantId);
          var before = billing.state(tenantId);
          if (change.name() != null) {
            tenants.rename(caller, tenantId, change.name());
          }
          if (change.billingWaived() != null) {
            billing.setWaived(tenantId, change.billingWaived());
          }
          if (change.subscriptionCredits() != null || change.purchasedCredits() != null) {
            billing.setCredits(tenantId, change.subscriptionCredits(), change.purchasedCredits());
          }
          // Last, in the place of what each of them has told of itself.
          CurrentOperation.about(tenantId);
          CurrentOperation.detail(
              "before",
              new Change(
                  tenant.name(),
                  before.billingWaived(),
                  before.subscriptionCredits(),
                  before.purchasedCredits()));
          CurrentOperation.detail("after", change);
        });
  }

  /** Switches a tenant on or off. */
  public void setActive(Caller caller, UUID tenantId, boolean active) {
    tenants.setActive(caller, tenantId, active);
  }

  /** Assigns a plan without payment, or takes it away where that is null. */
  public void assignPlan(UUID tenantId, @Nullable UUID planId, @Nullable Boolean waived) {
    database.run(
        SCOPE,
        () -> {
          CurrentOperation.detail("tenant", tenantId.toString());
          tenants.require(tenantId);
          CurrentOperation.about(tenantId);
          CurrentOperation.detail("before", billing.state(tenantId).planName());
          billing.assignPlan(tenantId, planId);
          CurrentOperation.detail("after", billing.state(tenantId).planName());
          if (waived != null) {
            billing.setWaived(tenantId, waived);
          }
        });
  }

  /** Ends a tenant's subscription, at once or with the paid period. */
  public BillingState cancelSubscription(UUID tenantId, boolean immediate) {
    CurrentOperation.detail("tenant", tenantId.toString());
    CurrentOperation.detail("immediate", immediate);
    tenants.require(tenantId);
    CurrentOperation.about(tenantId);
    return billing.cancelSubscription(tenantId, immediate);
  }

  /** Corrects the end of the paid period; null leaves it. */
  public void setPeriodEnd(UUID tenantId, @Nullable Instant end) {
    database.run(
        SCOPE,
        () -> {
          CurrentOperation.detail("tenant", tenantId.toString());
          tenants.require(tenantId);
          if (end != null) {
            CurrentOperation.about(tenantId);
            CurrentOperation.detail(
                "before", String.valueOf(billing.state(tenantId).currentPeriodEnd()));
            CurrentOperation.detail("after", end.toString());
            billing.setCurrentPeriodEnd(tenantId, end);
          }
        });
  }
}
