package dev.slipway.billing.service;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.CreditBundle;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.Account;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.BundleStore;
import dev.slipway.billing.store.CreditPool;
import dev.slipway.billing.store.PlanStore;
import dev.slipway.data.Database;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Buying plans and credit bundles. */
@Component(service = CheckoutService.class)
public final class CheckoutService {
  private static final Scope SCOPE = Scope.platform("checkouts change accounts and plans together");

  private final Database database;
  private final CheckoutDesk desk;
  private final AccountStore accounts;
  private final PlanStore plans;
  private final BundleStore bundles;
  private final AccountBook book;

  /** Made by the component runtime. */
  @Activate
  public CheckoutService(
      @Reference Database database, @Reference Events events, @Reference CheckoutDesk desk) {
    this.database = database;
    this.desk = desk;
    accounts = new AccountStore(database);
    plans = new PlanStore(database);
    bundles = new BundleStore(database);
    book = new AccountBook(accounts, events);
  }

  /**
   * Begins the purchase of exactly one of the two.
   *
   * @return where to pay; empty where there was nothing to pay and all is done
   */
  public Optional<String> buy(
      Caller caller, @Nullable UUID planId, @Nullable UUID bundleId, BillingInterval interval) {
    if ((planId == null) == (bundleId == null)) {
      throw CommonError.INVALID
          .of()
          .withField("planId", "exactly one of planId and bundleId is required");
    }
    return planId != null ? buyPlan(caller, planId, interval) : buyBundle(caller, bundleId);
  }

  private Optional<String> buyPlan(Caller caller, UUID planId, BillingInterval interval) {
    var tenantId = caller.tenantId();
    var plan =
        database.read(SCOPE, () -> plans.find(planId).orElseThrow(BillingError.PLAN_NOT_FOUND::of));
    var account = account(tenantId);
    if (account.billingWaived() || plan.price(interval) == 0) {
      desk.endSubscription(tenantId);
      database.run(SCOPE, () -> assign(tenantId, plan));
      return Optional.empty();
    }
    var wanted = desk.wanted(caller, plan, interval);
    return Optional.of(account.subscribed() ? desk.change(wanted) : desk.open(wanted));
  }

  private void assign(UUID tenantId, Plan plan) {
    var now = Times.now();
    var account = accounts.lock(tenantId, now);
    if (account.subscribed()) {
      throw BillingError.CHECKOUT_COMPLETED.of();
    }
    book.assign(account, account.edit(), plan, now);
  }

  private Optional<String> buyBundle(Caller caller, @Nullable UUID bundleId) {
    var id = Objects.requireNonNull(bundleId);
    var bundle =
        database.read(
            SCOPE,
            () ->
                bundles
                    .find(id)
                    .filter(CreditBundle::isActive)
                    .orElseThrow(BillingError.BUNDLE_NOT_FOUND::of));
    if (account(caller.tenantId()).billingWaived()) {
      database.run(SCOPE, () -> give(caller.tenantId(), bundle));
      return Optional.empty();
    }
    return Optional.of(desk.open(desk.wanted(caller, bundle)));
  }

  private void give(UUID tenantId, CreditBundle bundle) {
    var now = Times.now();
    var account = accounts.lock(tenantId, now);
    var balance = Math.addExact(account.purchasedCredits(), bundle.credits());
    accounts.move(
        tenantId, CreditPool.PURCHASED, bundle.credits(), balance, "waived/" + Ids.next(), now);
    accounts.update(account.edit().purchasedCredits(balance).at(now));
  }

  private Account account(UUID tenantId) {
    return database.read(
        SCOPE, () -> accounts.find(tenantId).orElseGet(() -> Account.fresh(tenantId, Times.now())));
  }
}
