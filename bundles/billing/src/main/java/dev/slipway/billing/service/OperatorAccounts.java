package dev.slipway.billing.service;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.billing.BillingAccounts;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.BillingState;
import dev.slipway.billing.store.Account;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.CreditPool;
import dev.slipway.billing.store.PlanStore;
import dev.slipway.billing.stripe.StripeApi;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Billing of any tenant, for operators. */
@Component(service = BillingAccounts.class)
public final class OperatorAccounts implements BillingAccounts {
  private static final Scope SCOPE = Scope.platform("operators look after all tenants");

  private final Database database;
  private final StripeApi api;
  private final BillingService billing;
  private final AccountStore accounts;
  private final PlanStore plans;
  private final AccountBook book;

  /** Made by the component runtime. */
  @Activate
  public OperatorAccounts(
      @Reference Database database,
      @Reference Events events,
      @Reference StripeApi api,
      @Reference BillingService billing) {
    this.database = database;
    this.api = api;
    this.billing = billing;
    accounts = new AccountStore(database);
    plans = new PlanStore(database);
    book = new AccountBook(accounts, events);
  }

  @Override
  public BillingState state(UUID tenantId) {
    return states(List.of(tenantId)).get(tenantId);
  }

  @Override
  public Map<UUID, BillingState> states(Collection<UUID> tenantIds) {
    return database.read(
        SCOPE,
        () -> {
          var names = plans.names();
          var found =
              accounts.findAll(tenantIds).stream()
                  .collect(Collectors.toMap(Account::tenantId, account -> account));
          var states = new LinkedHashMap<UUID, BillingState>();
          for (var id : tenantIds) {
            var account = found.get(id);
            states.put(
                id, state(account == null ? Account.fresh(id, Instant.EPOCH) : account, names));
          }
          return states;
        });
  }

  @Override
  public void setWaived(UUID tenantId, boolean waived) {
    database.run(
        SCOPE,
        () -> {
          var now = Times.now();
          var account = accounts.lock(tenantId, now);
          accounts.update(account.edit().waived(waived).at(now));
        });
  }

  @Override
  public void setCredits(
      UUID tenantId, @Nullable Long subscriptionCredits, @Nullable Long purchased) {
    check(subscriptionCredits, purchased);
    database.run(
        SCOPE,
        () -> {
          var now = Times.now();
          var account = accounts.lock(tenantId, now);
          var edit = account.edit();
          if (subscriptionCredits != null) {
            correct(
                account,
                CreditPool.SUBSCRIPTION,
                account.subscriptionCredits(),
                subscriptionCredits,
                now);
            edit.subscriptionCredits(subscriptionCredits);
          }
          if (purchased != null) {
            correct(account, CreditPool.PURCHASED, account.purchasedCredits(), purchased, now);
            edit.purchasedCredits(purchased);
          }
          accounts.update(edit.at(now));
        });
  }

  private static void check(@Nullable Long subscriptionCredits, @Nullable Long purchased) {
    var faults = new Faults();
    if (subscriptionCredits != null) {
      faults.range("subscriptionCredits", subscriptionCredits, 0, PlanDraft.MAX_CREDITS);
    }
    if (purchased != null) {
      faults.range("purchasedCredits", purchased, 0, PlanDraft.MAX_CREDITS);
    }
    faults.raise();
  }

  private void correct(Account account, CreditPool pool, long before, long after, Instant now) {
    if (before != after) {
      accounts.move(account.tenantId(), pool, after - before, after, "operator/" + Ids.next(), now);
    }
  }

  @Override
  public void assignPlan(UUID tenantId, @Nullable UUID planId) {
    database.run(
        SCOPE,
        () -> {
          var now = Times.now();
          var plan =
              planId == null
                  ? null
                  : plans.find(planId).orElseThrow(BillingError.PLAN_NOT_FOUND::of);
          var account = accounts.lock(tenantId, now);
          if (plan == null) {
            accounts.update(account.edit().plan(null).at(now));
          } else {
            book.assign(account, account.edit(), plan, now);
          }
        });
  }

  @Override
  public BillingState cancelSubscription(UUID tenantId, boolean immediate) {
    billing.cancel(tenantId, immediate);
    return state(tenantId);
  }

  @Override
  public void setCurrentPeriodEnd(UUID tenantId, Instant end) {
    database.run(
        SCOPE,
        () -> {
          var now = Times.now();
          var account = accounts.lock(tenantId, now);
          var edit = account.edit().period(account.billingInterval(), end, account.canceledAt());
          accounts.update(edit.at(now));
        });
  }

  @Override
  public boolean stripeConfigured() {
    return api.configured();
  }

  private static BillingState state(Account account, Map<UUID, String> names) {
    return new BillingState(
        account.tenantId(),
        account.planId(),
        account.planId() == null ? "" : names.getOrDefault(account.planId(), ""),
        account.billingWaived(),
        account.subscriptionCredits(),
        account.purchasedCredits(),
        account.stripeCustomerId(),
        account.stripeSubscriptionId(),
        account.billingStatus(),
        account.billingInterval(),
        account.currentPeriodEnd(),
        account.canceledAt());
  }
}
