package dev.slipway.billing.service;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.billing.BillingError;
import dev.slipway.billing.CreditBundle;
import dev.slipway.billing.Plan;
import dev.slipway.billing.store.Account;
import dev.slipway.billing.store.AccountStore;
import dev.slipway.billing.store.BundleStore;
import dev.slipway.billing.store.PlanStore;
import dev.slipway.billing.stripe.StripeApi;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What tenants see and do with their plan. */
@Component(service = BillingService.class)
public final class BillingService {
  private static final Scope SCOPE = Scope.platform("what is on offer is the same for all tenants");

  private final Database database;
  private final StripeApi api;
  private final SubscriptionSync subscriptions;
  private final AccountStore accounts;
  private final PlanStore plans;
  private final BundleStore bundles;

  /** Made by the component runtime. */
  @Activate
  public BillingService(
      @Reference Database database,
      @Reference StripeApi api,
      @Reference SubscriptionSync subscriptions) {
    this.database = database;
    this.api = api;
    this.subscriptions = subscriptions;
    accounts = new AccountStore(database);
    plans = new PlanStore(database);
    bundles = new BundleStore(database);
  }

  /** What is on offer, and how a tenant stands. */
  public record Offer(List<Plan> plans, Account account) {
    public Offer {
      plans = List.copyOf(plans);
    }
  }

  /** The plans and the caller's account. */
  public Offer offer(Caller caller) {
    var tenantId = caller.tenantId();
    return database.read(
        Scope.of(caller),
        () ->
            new Offer(
                plans.all(),
                accounts.find(tenantId).orElseGet(() -> Account.fresh(tenantId, Times.now()))));
  }

  /** The bundles that can be bought. */
  public List<CreditBundle> bundles() {
    return database.read(SCOPE, bundles::active);
  }

  /** Opens the portal of the caller's tenant and returns its address. */
  public String portal(Caller caller) {
    api.require();
    var customer = account(caller.tenantId()).stripeCustomerId();
    if (customer == null) {
      throw BillingError.NO_CUSTOMER.of();
    }
    return api.openPortal(customer);
  }

  /** Lets the subscription of the caller's tenant run out. */
  public Account cancel(Caller caller) {
    return cancel(caller.tenantId(), false);
  }

  /** Ends a tenant's subscription, at once or with the period that is paid. */
  Account cancel(UUID tenantId, boolean immediate) {
    api.require();
    var account = account(tenantId);
    var subscription = account.stripeSubscriptionId();
    if (!account.subscribed() || subscription == null) {
      throw BillingError.NO_SUBSCRIPTION.of();
    }
    var askedAt = subscriptions.clock();
    var current = api.subscription(subscription);
    if (current.over()) {
      subscriptions.apply(current, askedAt);
      throw BillingError.NO_SUBSCRIPTION.of();
    }
    var changedAt = subscriptions.clock();
    subscriptions.apply(
        immediate ? api.cancelNow(subscription) : api.cancelAtPeriodEnd(current), changedAt);
    return account(tenantId);
  }

  /** The key for the web front end; empty where Stripe is not configured. */
  public String publishableKey() {
    return api.settings().publishableKey();
  }

  private Account account(UUID tenantId) {
    return database.read(
        Scope.tenant(tenantId),
        () -> accounts.find(tenantId).orElseGet(() -> Account.fresh(tenantId, Times.now())));
  }
}
