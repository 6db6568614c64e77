package dev.slipway.billing.service;

import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.Tenants;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.billing.BillingEvent;
import dev.slipway.billing.BillingEvent.SubscriptionCanceled;
import dev.slipway.billing.BillingInterval;
import dev.slipway.billing.BillingStatus;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.Account;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.PlanStore;
import dev.slipway.billing.store.StripeStore;
import dev.slipway.billing.stripe.RemoteSubscription;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Brings accounts to what Stripe says of their subscriptions. Stripe is always asked for the
 * subscription as it is, and an answer that was asked for earlier than the one that is known is
 * dropped: whatever happened before the later question, its answer has it too. So the order and
 * number of deliveries make no difference.
 */
@Component(service = SubscriptionSync.class)
public final class SubscriptionSync {
  private static final Scope SCOPE = Scope.platform("Stripe knows customers, not tenants");

  private final Database database;
  private final Events events;
  private final Tenants tenants;
  private final AccountStore accounts;
  private final PlanStore plans;
  private final StripeStore stripe;
  private final AccountBook book;

  /** Made by the component runtime. */
  @Activate
  public SubscriptionSync(
      @Reference Database database, @Reference Events events, @Reference Tenants tenants) {
    this.database = database;
    this.events = events;
    this.tenants = tenants;
    accounts = new AccountStore(database);
    plans = new PlanStore(database);
    stripe = new StripeStore(database);
    book = new AccountBook(accounts, events);
  }

  /** What became of an answer. */
  public enum Outcome {
    APPLIED,
    /** Something later is known. */
    STALE,
    /** No tenant's. */
    FOREIGN,
    /** The tenant has another one that runs; this one must not. */
    DUPLICATE
  }

  /** The time to note before Stripe is asked. */
  public Instant clock() {
    return database.read(SCOPE, accounts::clock);
  }

  /** Applies what Stripe answered when it was asked at that time. */
  public Outcome apply(RemoteSubscription found, Instant askedAt) {
    return database.write(
        SCOPE,
        () -> {
          var account = accounts.lockByCustomer(found.customer()).orElse(null);
          return account == null ? Outcome.FOREIGN : apply(account, found, askedAt);
        });
  }

  private Outcome apply(Account account, RemoteSubscription found, Instant askedAt) {
    var runs = found.paid() || found.owing();
    if (!found.id().equals(account.stripeSubscriptionId())) {
      if (runs && account.subscribed()) {
        return Outcome.DUPLICATE;
      }
      if (runs) {
        run(account, found, askedAt, true);
      } else if (found.ended() && account.stripeSubscriptionId() == null) {
        missed(account, found, askedAt);
      }
      return Outcome.APPLIED;
    }
    var known = account.subscriptionReadAt();
    if (known != null && askedAt.isBefore(known)) {
      return Outcome.STALE;
    }
    if (found.over() && account.billingStatus().live()) {
      end(account, found, askedAt);
    } else if (runs) {
      run(account, found, askedAt, !account.billingStatus().live());
    }
    return Outcome.APPLIED;
  }

  private void run(Account account, RemoteSubscription found, Instant askedAt, boolean begins) {
    var now = Times.now();
    var plan = plan(account, found);
    var edit =
        account
            .edit()
            .subscription(found.id(), askedAt)
            .status(found.paid() ? BillingStatus.ACTIVE : BillingStatus.PAST_DUE)
            .period(
                found.interval(),
                found.periodEnd(),
                found.endsWithPeriod() ? found.canceledAt() : null);
    if (begins) {
      events.publish(
          new BillingEvent.SubscriptionActivated(
              account.tenantId(), plan.id(), plan.name(), found.interval(), found.amountCents()));
    }
    if (begins
        || !plan.id().equals(account.planId())
        || found.interval() != account.billingInterval()) {
      accounts.recurring(account.tenantId(), plan.id(), annual(found), now);
    }
    book.assign(account, edit, plan, now);
  }

  /** It had ended before its beginning was heard of: nothing was ever had from it. */
  private void missed(Account account, RemoteSubscription found, Instant askedAt) {
    var edit =
        account
            .edit()
            .subscription(found.id(), askedAt)
            .status(BillingStatus.CANCELED)
            .period(null, null, found.canceledAt());
    accounts.update(edit.at(Times.now()));
  }

  private void end(Account account, RemoteSubscription found, Instant askedAt) {
    var now = Times.now();
    var canceled = found.canceledAt() == null ? now : found.canceledAt();
    var edit =
        account
            .edit()
            .subscription(found.id(), askedAt)
            .status(BillingStatus.CANCELED)
            .period(null, null, canceled);
    accounts.recurring(account.tenantId(), Plan.FREE, 0, now);
    events.publish(
        new SubscriptionCanceled(account.tenantId(), name(account.tenantId()), reason(found)));
    if (account.billingWaived()) {
      accounts.update(edit.at(now));
    } else {
      book.assign(account, edit, plans.find(Plan.FREE).orElseThrow(), now);
    }
  }

  /** A price that was not made here, set at Stripe by hand, changes no plan. */
  private Plan plan(Account account, RemoteSubscription found) {
    return stripe
        .planOf(found.price())
        .or(() -> Optional.ofNullable(account.planId()))
        .flatMap(plans::find)
        .or(() -> plans.find(Plan.FREE))
        .orElseThrow();
  }

  private String name(UUID tenantId) {
    return tenants.find(tenantId).map(Tenant::name).orElse("");
  }

  private static SubscriptionCanceled.Reason reason(RemoteSubscription found) {
    if (found.endsWithPeriod()) {
      return SubscriptionCanceled.Reason.CANCEL_AT_PERIOD_END;
    }
    return found.asked()
        ? SubscriptionCanceled.Reason.USER_INITIATED
        : SubscriptionCanceled.Reason.SUBSCRIPTION_ENDED;
  }

  private static long annual(RemoteSubscription found) {
    return found.interval() == BillingInterval.YEAR
        ? found.amountCents()
        : found.amountCents() * 12;
  }
}
