package dev.slipway.billing.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Role;
import dev.slipway.billing.BillingPlatform;
import dev.slipway.billing.Plan;
import dev.slipway.billing.fake.FakeEvent;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A platform without a key for Stripe. */
class NotConfiguredIT {
  static BillingPlatform feature;

  @BeforeAll
  static void start() throws Exception {
    feature = new BillingPlatform(false);
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @Test
  void everyRouteToStripeSaysSo() {
    var tenant = feature.tenants.add("Acme");
    var owner = feature.platform.as(tenant, Role.OWNER);
    var plan = feature.plan("Pro", 100, Map.of());
    var event = new FakeEvent("evt_1", "invoice.paid", "in_1", Map.of("id", "in_1"));
    for (var answer :
        new dev.slipway.testkit.Answer[] {
          owner.post("/api/billing/checkout", Map.of("planId", plan)),
          owner.post("/api/billing/portal", null),
          owner.post("/api/billing/cancel", null),
          event.sendTo(feature.platform.anonymous())
        }) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.at("/code")).isEqualTo("billing.stripe.not-configured");
    }
    assertThat(owner.get("/api/billing/config").at("/publishableKey")).isEmpty();
    var free = owner.post("/api/billing/checkout", Map.of("planId", Plan.FREE.toString()));
    assertThat(free.json().path("waived").asBoolean()).isTrue();
    assertThat(feature.accounts.stripeConfigured()).isFalse();
  }
}
