package dev.slipway.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.billing.fake.FakeEvent;
import dev.slipway.billing.fake.FakeStripe;
import dev.slipway.billing.invoice.InvoicePdf;
import dev.slipway.billing.resource.AdminBundleResource;
import dev.slipway.billing.resource.AdminPlanResource;
import dev.slipway.billing.resource.BillingResource;
import dev.slipway.billing.resource.BundleResource;
import dev.slipway.billing.resource.FinancialResource;
import dev.slipway.billing.resource.PlanResource;
import dev.slipway.billing.resource.TransactionResource;
import dev.slipway.billing.service.BillingService;
import dev.slipway.billing.service.BundleService;
import dev.slipway.billing.service.CheckoutDesk;
import dev.slipway.billing.service.CheckoutService;
import dev.slipway.billing.service.FinancialService;
import dev.slipway.billing.service.LedgerService;
import dev.slipway.billing.service.OperatorAccounts;
import dev.slipway.billing.service.Payments;
import dev.slipway.billing.service.PlanEntitlements;
import dev.slipway.billing.service.PlanService;
import dev.slipway.billing.service.Refunds;
import dev.slipway.billing.service.StripeInbox;
import dev.slipway.billing.service.SubscriptionSync;
import dev.slipway.billing.service.TenantWatch;
import dev.slipway.billing.stripe.StripeApi;
import dev.slipway.data.Database;
import dev.slipway.security.egress.GuardedEgress;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The feature on a real platform, between tenants that the test controls and a Stripe of its own.
 */
public final class BillingPlatform implements AutoCloseable {
  public final TestPlatform platform = TestPlatform.start();
  public final FakeStripe stripe;
  public final KnownTenants tenants = new KnownTenants();
  public final Database database = platform.database("billing", Plan.class.getClassLoader());
  public final StripeInbox inbox;
  public final OperatorAccounts accounts;
  public final TenantWatch tenantWatch;
  public final PlanEntitlements entitlements = new PlanEntitlements(database);
  public final TestClient root;

  public BillingPlatform(boolean configured) throws Exception {
    stripe = new FakeStripe();
    var facts = platform.facts();
    facts.set("slipway.egress.allow", stripe.endpoint());
    facts.set("slipway.stripe.url", stripe.url());
    facts.set("slipway.billing.seller.name", "Harbour Cloud Ltd");
    facts.set("slipway.billing.seller.address", "7 Dock Road | Bristol BS1 6TP | United Kingdom");
    facts.set("slipway.billing.seller.tax.id", "GB123456789");
    if (configured) {
      facts.set("slipway.stripe.secret.key", FakeStripe.KEY);
      facts.set("slipway.stripe.webhook.secret", FakeStripe.WEBHOOK_SECRET);
      facts.set("slipway.stripe.publishable.key", "pk_test_slipway");
    }
    var api = new StripeApi(facts, new GuardedEgress(facts), platform.secrets());
    var sync = new SubscriptionSync(database, platform.events(), tenants);
    var desk = new CheckoutDesk(database, api, sync, tenants);
    tenantWatch = new TenantWatch(database, platform.events(), desk);
    var billing = new BillingService(database, api, sync);
    inbox =
        new StripeInbox(
            database,
            platform.json(),
            api,
            sync,
            new Payments(database, platform.events(), tenants),
            new Refunds(database, platform.events()));
    accounts = new OperatorAccounts(database, platform.events(), api, billing);
    var ledger = new LedgerService(database, tenants, new InvoicePdf(facts));
    platform.register(
        new PlanResource(billing),
        new BundleResource(billing),
        new BillingResource(billing, new CheckoutService(database, platform.events(), desk), inbox),
        new TransactionResource(ledger),
        new AdminPlanResource(new PlanService(database)),
        new AdminBundleResource(new BundleService(database)),
        new FinancialResource(ledger, new FinancialService(database)));
    root = platform.as(new Membership(Ids.next(), Role.ADMIN, true));
  }

  /** A new plan and its id. */
  public String plan(String name, long cents, Map<String, Object> more) {
    var body = new HashMap<String, Object>(Map.of("name", name, "monthlyPriceCents", cents));
    body.putAll(more);
    var made = root.post("/api/admin/plans", body);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  /** A new bundle and its id. */
  public String bundle(String name, long credits, long cents) {
    var made =
        root.post(
            "/api/admin/credit-bundles",
            Map.of("name", name, "credits", credits, "priceCents", cents));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/id");
  }

  /** Delivers what happened at Stripe, in order, and has it worked on. */
  public List<FakeEvent> deliver() {
    var events = stripe.books.takeEvents();
    deliver(events);
    return events;
  }

  /** Delivers these events and has them worked on. */
  public void deliver(List<FakeEvent> events) {
    for (var event : events) {
      assertThat(event.sendTo(platform.anonymous()).status()).isEqualTo(200);
    }
    settle();
  }

  /** Waits until no event of Stripe is waiting. */
  public void settle() {
    var waiting = database.mapper(WaitingEvents.class);
    var deadline = System.nanoTime() + 30_000_000_000L;
    while (database.read(Scope.platform("test"), waiting::count) > 0) {
      inbox.run();
      if (System.nanoTime() > deadline) {
        throw new AssertionError("events of Stripe are still waiting");
      }
      Thread.onSpinWait();
    }
  }

  /** The session that an address belongs to. */
  public static String session(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** What was said of a tenant, oldest first. */
  public List<StoredEvent> said(UUID tenantId) {
    return platform
        .events()
        .after(Scope.tenant(tenantId), EventFilter.subject(tenantId), null, 1000);
  }

  /** The types of what was said of a tenant, oldest first. */
  public List<String> types(UUID tenantId) {
    return said(tenantId).stream().map(StoredEvent::type).toList();
  }

  @Override
  public void close() throws Exception {
    stripe.close();
    platform.close();
  }
}
