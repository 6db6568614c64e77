package dev.slipway.billing.resource;

import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.billing.BillingPlatform;
import dev.slipway.billing.fake.FakeEvent;
import dev.slipway.billing.fake.FakeStripe;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.contract.Live;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, with a tenant that has a subscription. */
class ExamplesIT {
  static BillingPlatform feature;
  static String plan;
  static TestClient owner;

  @BeforeAll
  static void start() throws Exception {
    feature = new BillingPlatform(true);
    var apps = Map.of("apps.max", Map.of("type", "numeric", "numericValue", 50));
    plan = feature.plan("Team", 4900, Map.of("usageCreditsPerMonth", 100, "entitlements", apps));
    var tenant = feature.tenants.add("Example Ltd");
    owner = feature.platform.as(new Membership(tenant, Role.OWNER, true));
    var checkout = Map.of("planId", plan, "billingInterval", "month");
    var url = owner.post("/api/billing/checkout", checkout).at("/checkoutUrl");
    feature.stripe.books.pay(BillingPlatform.session(url));
    feature.deliver();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    var transaction = owner.get("/api/billing/transactions").at("/transactions/0/id");
    return feature
        .platform
        .examples(owner, "billing")
        .object("/api/admin/plans/{id}", feature.plan("Starter", 900, Map.of()))
        .object("/api/admin/credit-bundles/{id}", feature.bundle("Hundred", 100, 300))
        .object("/api/billing/transactions/{id}", transaction)
        .live("billing.checkout.create", ExamplesIT::newcomer)
        .live("billing.webhook.receive", ExamplesIT::signed)
        .tests();
  }

  private static Live newcomer() {
    var tenant = feature.tenants.add("Newcomer Ltd");
    return Live.by(feature.platform.as(tenant, Role.OWNER)).with("planId", plan);
  }

  private static Live signed() {
    var body = new FakeEvent("evt_1", "invoice.paid", "in_1", Map.of("id", "in_1")).body();
    var signature = FakeEvent.signature(body, Instant.now(), FakeStripe.WEBHOOK_SECRET);
    return Live.value("Stripe-Signature", signature).body(body);
  }
}
