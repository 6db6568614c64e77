package dev.slipway.billing.resource;

import dev.slipway.api.Ids;
import dev.slipway.billing.BillingPlatform;
import dev.slipway.billing.Plan;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises, with a key for Stripe. */
class ContractIT {
  static BillingPlatform feature;

  @BeforeAll
  static void start() throws Exception {
    feature = new BillingPlatform(true);
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @TestFactory
  Stream<DynamicNode> contract() throws Exception {
    var bundle = feature.bundle("Thousand", 1000, 2000);
    return feature
        .platform
        .contract(Ids.next())
        .object("/api/admin/plans/{id}", Plan.FREE)
        .object("/api/admin/credit-bundles/{id}", bundle)
        .body("billing.plan.create", Map.of("name", "Pro", "monthlyPriceCents", 100))
        .body("billing.plan.update", Map.of("name", "Free"))
        .body("billing.bundle.create", bundle("Another"))
        .body("billing.bundle.update", bundle("Thousand"))
        .features("billing")
        .tests();
  }

  private static Map<String, Object> bundle(String name) {
    return Map.of("name", name, "credits", 1000, "priceCents", 2000);
  }
}
