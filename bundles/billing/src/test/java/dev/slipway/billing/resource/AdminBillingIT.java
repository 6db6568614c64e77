package dev.slipway.billing.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.billing.BillingPlatform;
import dev.slipway.billing.Plan;
import dev.slipway.billing.WaitingEvents;
import dev.slipway.testkit.TestClient;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operators' rows. */
class AdminBillingIT {
  static BillingPlatform feature;
  static TestClient root;

  @BeforeAll
  static void start() throws Exception {
    feature = new BillingPlatform(true);
    root = feature.root;
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @Test
  void keepsPlansAsTheCatalogueSays() {
    var made =
        root.post(
            "/api/admin/plans",
            Map.of(
                "name",
                "Business",
                "monthlyPriceCents",
                19900,
                "annualDiscountPct",
                10,
                "userLimit",
                25,
                "creditResetPolicy",
                "accrue",
                "entitlements",
                Map.of(
                    "sso", Map.of("type", "bool", "boolValue", true),
                    "apps.max", Map.of("type", "numeric", "numericValue", 50))));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "description",
            "monthlyPriceCents",
            "annualDiscountPct",
            "usageCreditsPerMonth",
            "creditResetPolicy",
            "bonusCredits",
            "userLimit",
            "entitlements",
            "isSystem",
            "createdAt",
            "updatedAt");
    assertThat(made.at("/creditResetPolicy")).isEqualTo("accrue");
    assertThat(made.at("/entitlements/sso/boolValue")).isEqualTo("true");
    var id = made.at("/id");
    assertThat(root.get("/api/admin/plans/" + id).json()).isEqualTo(made.json());

    var tenant = feature.tenants.add("Acme");
    feature.accounts.assignPlan(tenant, java.util.UUID.fromString(id));
    var listed = root.get("/api/admin/plans").json().path("plans");
    assertThat(listed.findValuesAsText("name")).contains("Free", "Business");
    for (var plan : listed) {
      assertThat(plan.has("plan")).isFalse();
      if (plan.path("id").asText().equals(id)) {
        assertThat(plan.path("subscriberCount").asInt()).isEqualTo(1);
      }
    }
    var scope = Scope.tenant(tenant);
    assertThat(feature.entitlements.entitled(scope, tenant, "sso")).isTrue();
    assertThat(feature.entitlements.entitled(scope, tenant, "audit")).isFalse();
    assertThat(feature.entitlements.limit(scope, tenant, "apps.max"))
        .isEqualTo(OptionalLong.of(50));
    assertThat(feature.entitlements.seats(tenant)).isEqualTo(25);

    var keys = root.get("/api/admin/entitlement-keys").json().path("keys");
    assertThat(keys.findValuesAsText("key")).containsExactly("apps.max", "sso");
    assertThat(root.delete("/api/admin/plans/" + id).status()).isEqualTo(409);
    feature.accounts.assignPlan(tenant, null);
    assertThat(feature.entitlements.seats(tenant)).isZero();
    assertThat(root.delete("/api/admin/plans/" + id).at("/status")).isEqualTo("deleted");
    assertThat(root.get("/api/admin/plans/" + id).status()).isEqualTo(404);
    assertThat(root.delete("/api/admin/plans/" + id).status()).isEqualTo(404);
  }

  @Test
  void refusesAbsurdPlans() {
    var bad =
        Map.<String, Object>of(
            "monthlyPriceCents", -1,
            "annualDiscountPct", 101,
            "usageCreditsPerMonth", -5,
            "bonusCredits", Long.MAX_VALUE,
            "userLimit", -1);
    bad.forEach(
        (field, value) -> {
          var body = new HashMap<String, Object>(Map.of("name", "Bad"));
          body.put(field, value);
          var answer = root.post("/api/admin/plans", body);
          assertThat(answer.status()).as(field).isEqualTo(400);
          assertThat(answer.fields()).containsExactly(field);
        });
    var price = Map.of("name", "Bad", "monthlyPriceCents", 100_000_000_000L);
    assertThat(root.post("/api/admin/plans", price).fields()).containsExactly("monthlyPriceCents");
    assertThat(
            root.post("/api/admin/plans", Map.of("name", "a", "monthlyPriceCents", 1.5)).status())
        .isEqualTo(400);
    assertThat(root.post("/api/admin/plans", Map.of("name", " ")).fields()).containsExactly("name");
    assertThat(root.post("/api/admin/plans", Map.of("name", "a\u202eb")).fields())
        .containsExactly("name");
    assertThat(root.post("/api/admin/plans", Map.of("name", "a".repeat(201))).fields())
        .containsExactly("name");
    assertThat(
            root.post(
                    "/api/admin/plans",
                    Map.of("name", "a", "entitlements", Map.of("sso", Map.of("boolValue", true))))
                .fields())
        .containsExactly("entitlements.sso.type");
    assertThat(root.post("/api/admin/plans", Map.of("name", "FREE")).status()).isEqualTo(409);
  }

  @Test
  void refusesAbsurdBundles() {
    for (var bad :
        Map.<String, List<Object>>of(
                "priceCents", List.of(-1, 0, 100_000_000_000L),
                "credits", List.of(-1, 0, Long.MAX_VALUE),
                "name", List.of("", " ", "a\u0000b", "a\nb", "a\u202eb", "a".repeat(201)))
            .entrySet()) {
      for (var value : bad.getValue()) {
        var body = new HashMap<String, Object>(Map.of("name", "X", "credits", 1, "priceCents", 1));
        body.put(bad.getKey(), value);
        var answer = root.post("/api/admin/credit-bundles", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.fields()).containsExactly(bad.getKey());
      }
    }
    var named = root.post("/api/admin/plans", Map.of("name", "Größe XL 🚀 日本"));
    assertThat(named.at("/name")).isEqualTo("Größe XL 🚀 日本");
    assertThat(root.delete("/api/admin/plans/" + named.at("/id")).status()).isEqualTo(200);
  }

  @Test
  void theAuditTellsWhatChanged() {
    var plan = "/api/admin/plans/" + feature.plan("Audited", 100, Map.of());
    var dearer = root.put(plan, Map.of("name", "Audited", "monthlyPriceCents", 7_654_321));
    assertThat(feature.platform.auditDetails(dearer.header("X-Request-ID").orElseThrow()))
        .contains("before", "after", "7654321");
    var gone = root.delete(plan);
    assertThat(feature.platform.auditDetails(gone.header("X-Request-ID").orElseThrow()))
        .contains("before", "7654321");
    var bundle = "/api/admin/credit-bundles/" + feature.bundle("Audited", 10, 100);
    var edited = root.put(bundle, Map.of("name", "Audited", "credits", 987_654, "priceCents", 100));
    assertThat(feature.platform.auditDetails(edited.header("X-Request-ID").orElseThrow()))
        .contains("before", "after", "987654");
    var erased = root.delete(bundle);
    assertThat(feature.platform.auditDetails(erased.header("X-Request-ID").orElseThrow()))
        .contains("before", "987654");
  }

  @Test
  void theFreePlanStays() {
    var path = "/api/admin/plans/" + Plan.FREE;
    assertThat(root.delete(path).status()).isEqualTo(403);
    assertThat(root.put(path, Map.of("name", "Gratis")).status()).isEqualTo(403);
    var edited = root.put(path, Map.of("name", "Free", "description", "For ever."));
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.at("/description")).isEqualTo("For ever.");
  }

  @Test
  void keepsBundlesAsTheCatalogueSays() {
    var b = feature.bundle("B", 10, 100);
    var made =
        root.post(
            "/api/admin/credit-bundles",
            Map.of("name", "A", "credits", 5, "priceCents", 50, "sortOrder", 2, "isActive", false));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "credits",
            "priceCents",
            "isActive",
            "sortOrder",
            "createdAt",
            "updatedAt");
    assertThat(
            root.get("/api/admin/credit-bundles").json().path("bundles").findValuesAsText("name"))
        .containsExactly("B", "A");
    var user = feature.platform.as(Ids.next(), Role.USER);
    assertThat(user.get("/api/credit-bundles").json().path("bundles").findValuesAsText("name"))
        .containsExactly("B");
    for (var bad : List.of("credits", "priceCents")) {
      var body = new HashMap<String, Object>(Map.of("name", "C", "credits", 1, "priceCents", 1));
      body.put(bad, 0);
      assertThat(root.post("/api/admin/credit-bundles", body).fields()).containsExactly(bad);
      body.put(bad, -1);
      assertThat(root.put("/api/admin/credit-bundles/" + b, body).fields()).containsExactly(bad);
      body.remove(bad);
      assertThat(root.post("/api/admin/credit-bundles", body).fields()).containsExactly(bad);
    }
    var taken = Map.of("name", "b", "credits", 1, "priceCents", 1);
    assertThat(root.post("/api/admin/credit-bundles", taken).status()).isEqualTo(409);
    assertThat(root.put("/api/admin/credit-bundles/" + made.at("/id"), taken).status())
        .isEqualTo(409);
    var gone = "/api/admin/credit-bundles/" + Ids.next();
    assertThat(root.put(gone, taken).status()).isEqualTo(404);
    assertThat(root.delete(gone).status()).isEqualTo(404);
    assertThat(root.delete("/api/admin/credit-bundles/" + b).at("/status")).isEqualTo("deleted");
  }

  @Test
  void measuresRevenueSubscriptionsAndUsers() {
    var plan = feature.plan("Metered", 1000, Map.of());
    var tenant = feature.tenants.add("Metered Ltd");
    var owner = feature.platform.as(tenant, Role.OWNER);
    var url =
        owner
            .post("/api/billing/checkout", Map.of("planId", plan, "billingInterval", "month"))
            .at("/checkoutUrl");
    feature.stripe.books.pay(BillingPlatform.session(url));
    feature.deliver();
    assertThat(last("revenue", "7d")).isEqualTo(1000);
    assertThat(last("arr", "30d")).isEqualTo(12_000);

    var test = feature.database.mapper(WaitingEvents.class);
    var today = LocalDate.now(ZoneOffset.UTC);
    var ann = Ids.next();
    var bob = Ids.next();
    feature.database.run(
        Scope.platform("test"),
        () -> {
          test.seen(today, ann);
          test.seen(today.minusDays(3), ann);
          test.seen(today.minusDays(10), bob);
          test.seen(today.minusDays(45), bob);
        });
    assertThat(last("dau", "7d")).isEqualTo(1);
    assertThat(last("mau", "7d")).isEqualTo(2);
    var year = root.get("/api/admin/financial/metrics?metric=mau&range=1y").json().path("data");
    assertThat(year).hasSize(365);
    // 11 days ago: Bob's day 45 days ago is out of the 30, his next is still to come.
    assertThat(year.get(364 - 11).path("value").asInt()).isZero();
    assertThat(year.get(364 - 20).path("value").asInt()).isEqualTo(1);
    assertThat(year.get(364 - 10).path("value").asInt()).isEqualTo(1);

    var found = root.get("/api/admin/financial/transactions?search=meter&tenantId=" + tenant);
    assertThat(found.at("/total")).isEqualTo("1");
    assertThat(found.at("/perPage")).isEqualTo("50");
    assertThat(found.at("/transactions/0/tenantId")).isEqualTo(tenant.toString());
    assertThat(root.get("/api/admin/financial/transactions?search=%25zzz").at("/total"))
        .isEqualTo("0");
    assertThat(root.get("/api/admin/financial/metrics?range=2d").fields()).containsExactly("range");
    assertThat(root.get("/api/admin/financial/metrics?metric=churn").status()).isIn(400, 404);
  }

  long last(String metric, String range) {
    var data =
        root.get("/api/admin/financial/metrics?metric=" + metric + "&range=" + range)
            .json()
            .path("data");
    assertThat(data).hasSize(range.equals("7d") ? 7 : 30);
    return data.get(data.size() - 1).path("value").asLong();
  }

  @Test
  void onlyOperatorsOfTheRootTenantMay() {
    var owner = feature.platform.as(Ids.next(), Role.OWNER);
    var rootUser = feature.platform.as(new Membership(Ids.next(), Role.USER, true));
    for (var path :
        List.of(
            "/api/admin/plans",
            "/api/admin/plans/" + Plan.FREE,
            "/api/admin/entitlement-keys",
            "/api/admin/credit-bundles",
            "/api/admin/financial/transactions",
            "/api/admin/financial/metrics")) {
      assertThat(owner.get(path).status()).as(path).isEqualTo(403);
      assertThat(rootUser.get(path).status()).as(path).isEqualTo(403);
      assertThat(feature.platform.anonymous().get(path).status()).as(path).isEqualTo(401);
    }
  }
}
