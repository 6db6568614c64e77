package dev.slipway.billing.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.billing.BillingPlatform;
import dev.slipway.billing.BillingStatus;
import dev.slipway.billing.Plan;
import dev.slipway.billing.WaitingEvents;
import dev.slipway.billing.fake.FakeEvent;
import dev.slipway.testkit.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscription's life, from checkout to its end, as Stripe's webhooks tell it. */
class SubscriptionIT {
  private static final Duration MONTH = Duration.ofDays(32);

  static BillingPlatform feature;
  static String pro;
  static String team;

  UUID tenant;
  TestClient owner;

  @BeforeAll
  static void start() throws Exception {
    feature = new BillingPlatform(true);
    pro =
        feature.plan(
            "Pro",
            4900,
            Map.of("usageCreditsPerMonth", 100, "bonusCredits", 10, "annualDiscountPct", 20));
    team = feature.plan("Team", 9900, Map.of("usageCreditsPerMonth", 300));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void tenant() {
    tenant = feature.tenants.add("Smith & Sons");
    owner = feature.platform.as(tenant, Role.OWNER);
    feature.stripe.books.decline(false);
    feature.stripe.books.tax(false);
    feature.stripe.books.takeEvents();
  }

  String checkout(String plan, String interval) {
    var answer =
        owner.post("/api/billing/checkout", Map.of("planId", plan, "billingInterval", interval));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.at("/checkoutUrl");
  }

  void subscribe(String plan) {
    feature.stripe.books.pay(BillingPlatform.session(checkout(plan, "month")));
    feature.deliver();
  }

  String subscription() {
    return feature.accounts.state(tenant).stripeSubscriptionId();
  }

  @Test
  void goesFromCheckoutToItsEnd() {
    subscribe(pro);
    var offer = owner.get("/api/plans");
    assertThat(offer.at("/currentPlanId")).isEqualTo(pro);
    assertThat(offer.at("/billingStatus")).isEqualTo("active");
    assertThat(offer.at("/billingInterval")).isEqualTo("month");
    assertThat(offer.at("/tenantSubscriptionCredits")).isEqualTo("100");
    assertThat(offer.at("/tenantPurchasedCredits")).isEqualTo("10");
    assertThat(feature.types(tenant))
        .containsExactlyInAnyOrder("billing.subscription.activated", "billing.plan.changed");
    var activated = feature.said(tenant).getFirst().data();
    assertThat(activated)
        .containsEntry("plan_id", pro)
        .containsEntry("plan_name", "Pro")
        .containsEntry("billing_interval", "month")
        .containsEntry("amount_cents", 4900);

    feature.stripe.books.advance(MONTH);
    feature.deliver();
    assertThat(feature.types(tenant)).last().isEqualTo("billing.payment.received");
    assertThat(feature.said(tenant).getLast().data())
        .containsEntry("amount_cents", 4900)
        .containsEntry("currency", "USD")
        .containsEntry("plan_name", "Pro");
    assertThat(owner.get("/api/billing/transactions").at("/total")).isEqualTo("2");

    feature.stripe.books.decline(true);
    feature.stripe.books.advance(MONTH);
    feature.deliver();
    assertThat(feature.accounts.state(tenant).billingStatus()).isEqualTo(BillingStatus.PAST_DUE);
    assertThat(feature.types(tenant)).last().isEqualTo("billing.payment.failed");
    assertThat(feature.said(tenant).getLast().data()).containsEntry("tenant_name", "Smith & Sons");

    feature.stripe.books.decline(false);
    var open =
        feature.stripe.books.all("invoice").stream()
            .filter(invoice -> invoice.get("status").equals("open"))
            .map(invoice -> String.valueOf(invoice.get("id")))
            .toList();
    open.forEach(feature.stripe.books::retry);
    feature.deliver();
    assertThat(feature.accounts.state(tenant).billingStatus()).isEqualTo(BillingStatus.ACTIVE);
    assertThat(owner.get("/api/billing/transactions").at("/total")).isEqualTo("3");

    var canceled = owner.post("/api/billing/cancel", null);
    assertThat(canceled.status()).as(canceled.text()).isEqualTo(200);
    assertThat(canceled.at("/currentPeriodEnd")).isNotEmpty();
    feature.deliver();
    assertThat(owner.get("/api/plans").at("/billingStatus")).isEqualTo("active");
    assertThat(owner.get("/api/plans").at("/canceledAt")).isNotEmpty();
    feature.stripe.books.advance(MONTH);
    feature.deliver();
    assertThat(owner.get("/api/plans").at("/billingStatus")).isEqualTo("canceled");
    assertThat(owner.get("/api/plans").at("/currentPlanId")).isEqualTo(Plan.FREE.toString());
    assertThat(feature.said(tenant))
        .filteredOn(event -> event.type().equals("billing.subscription.canceled"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.data()).containsEntry("reason", "cancel_at_period_end"));
    assertThat(owner.post("/api/billing/cancel", null).status()).isEqualTo(400);
  }

  @Test
  void whateverOrderAndNumberOfDeliveriesTheEndIsTheSame() {
    var random = new Random(42);
    for (var round = 0; round < 6; round++) {
      tenant();
      feature.stripe.books.pay(BillingPlatform.session(checkout(pro, "month")));
      feature.stripe.books.advance(MONTH);
      feature.stripe.books.giveUp(
          String.valueOf(feature.stripe.books.all("subscription").getLast().get("id")));
      var deliveries = new ArrayList<>(feature.stripe.books.takeEvents());
      deliveries.addAll(List.copyOf(deliveries));
      Collections.shuffle(deliveries, random);
      feature.deliver(deliveries);
      var state = feature.accounts.state(tenant);
      assertThat(state.billingStatus()).isEqualTo(BillingStatus.CANCELED);
      assertThat(state.planId()).isEqualTo(Plan.FREE);
      assertThat(owner.get("/api/billing/transactions").at("/total")).isEqualTo("2");
    }
  }

  @Test
  void eventsThatComeLateChangeNothing() {
    subscribe(pro);
    var first = new ArrayList<FakeEvent>();
    feature.stripe.books.advance(MONTH);
    first.addAll(feature.stripe.books.takeEvents());
    var moved =
        owner.post("/api/billing/checkout", Map.of("planId", team, "billingInterval", "month"));
    assertThat(moved.at("/checkoutUrl")).contains("checkout=success");
    feature.deliver();
    feature.deliver(first);
    assertThat(owner.get("/api/plans").at("/currentPlanId")).isEqualTo(team);
    assertThat(feature.stripe.books.all("subscription"))
        .filteredOn(it -> it.get("id").equals(subscription()))
        .hasSize(1);
  }

  @Test
  void concurrentCheckoutsEndInOneSession() throws Exception {
    var before = feature.stripe.books.all("checkout.session").size();
    var calls = new ArrayList<Callable<String>>();
    for (var i = 0; i < 8; i++) {
      calls.add(() -> checkout(pro, "month"));
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var urls = new ArrayList<String>();
      for (var future : pool.invokeAll(calls)) {
        urls.add(future.get());
      }
      assertThat(urls.stream().distinct()).hasSize(1);
    }
    assertThat(feature.stripe.books.all("checkout.session")).hasSize(before + 1);
    assertThat(feature.stripe.books.all("customer"))
        .filteredOn(it -> it.get("metadata").toString().contains(tenant.toString()))
        .hasSize(1);
  }

  @Test
  void anotherPlanClosesTheSessionBefore() {
    var first = BillingPlatform.session(checkout(pro, "month"));
    var second = BillingPlatform.session(checkout(pro, "year"));
    assertThat(second).isNotEqualTo(first);
    assertThat(feature.stripe.books.all("checkout.session"))
        .filteredOn(it -> it.get("id").equals(first))
        .allMatch(it -> it.get("status").equals("expired"));
    feature.stripe.books.pay(second);
    // Paid, but not told yet: nobody may buy once more.
    var third =
        owner.post("/api/billing/checkout", Map.of("planId", team, "billingInterval", "month"));
    assertThat(third.status()).isEqualTo(409);
    assertThat(third.at("/code")).isEqualTo("billing.checkout.completed");
    feature.deliver();
    assertThat(owner.get("/api/plans").at("/billingInterval")).isEqualTo("year");
    assertThat(owner.get("/api/billing/transactions").at("/transactions/0/amountCents"))
        .isEqualTo(Long.toString(4900 * 12 * 80 / 100));
  }

  @Test
  void whatStripeHasToldIsNotGivenUpWhileItCanNotBeAsked() {
    var session = BillingPlatform.session(checkout(pro, "year"));
    feature.stripe.books.pay(session);
    feature.stripe.down(true);
    for (var event : feature.stripe.books.takeEvents()) {
      assertThat(event.sendTo(feature.platform.anonymous()).status()).isEqualTo(200);
    }
    tryAfter(1_000);
    feature.inbox.run();
    feature.stripe.down(false);
    assertThat(owner.get("/api/plans").at("/billingInterval")).isNotEqualTo("year");
    tryAfter(0);
    feature.settle();
    assertThat(owner.get("/api/plans").at("/billingInterval")).isEqualTo("year");
  }

  private static void tryAfter(int more) {
    var events =
        feature.database.write(
            Scope.platform("test"),
            () -> feature.database.mapper(WaitingEvents.class).tryLater(more));
    assertThat(events).isPositive();
  }

  @Test
  void aCheckoutLeftWithoutASessionGivesWayToAFreshOne() {
    // Customer and prices are known from here on: nothing but the session is missing.
    checkout(pro, "year");
    checkout(pro, "month");
    feature.stripe.down(true);
    var lost =
        owner.post("/api/billing/checkout", Map.of("planId", pro, "billingInterval", "year"));
    feature.stripe.down(false);
    assertThat(lost.status()).isEqualTo(503);
    assertThat(
            feature.database.write(
                Scope.platform("test"),
                () -> feature.database.mapper(WaitingEvents.class).ageWithoutSession(tenant)))
        .isOne();
    var url = checkout(pro, "year");
    assertThat(checkout(pro, "year")).as("the same from then on").isEqualTo(url);
    feature.stripe.books.pay(BillingPlatform.session(url));
    feature.deliver();
    assertThat(owner.get("/api/plans").at("/billingInterval")).isEqualTo("year");
  }

  @Test
  void aDeclinedChangeLeavesThePlan() {
    subscribe(pro);
    feature.stripe.books.decline(true);
    var declined =
        owner.post("/api/billing/checkout", Map.of("planId", team, "billingInterval", "month"));
    assertThat(declined.status()).isEqualTo(422);
    assertThat(declined.at("/code")).isEqualTo("billing.payment.declined");
    assertThat(owner.get("/api/plans").at("/currentPlanId")).isEqualTo(pro);
    feature.stripe.books.decline(false);
    assertThat(
            owner
                .post("/api/billing/checkout", Map.of("planId", team, "billingInterval", "month"))
                .status())
        .isEqualTo(200);
    assertThat(owner.get("/api/plans").at("/currentPlanId")).isEqualTo(team);
    assertThat(owner.get("/api/plans").at("/tenantSubscriptionCredits")).isEqualTo("300");
    // To and fro brings no credits.
    owner.post("/api/billing/checkout", Map.of("planId", pro, "billingInterval", "month"));
    owner.post("/api/billing/checkout", Map.of("planId", team, "billingInterval", "month"));
    assertThat(owner.get("/api/plans").at("/tenantSubscriptionCredits")).isEqualTo("300");
    var same =
        owner.post("/api/billing/checkout", Map.of("planId", team, "billingInterval", "month"));
    assertThat(same.status()).isEqualTo(409);
  }

  @Test
  void aFreePlanEndsWhatCostsMoney() {
    subscribe(pro);
    var free = owner.post("/api/billing/checkout", Map.of("planId", Plan.FREE.toString()));
    assertThat(free.status()).as(free.text()).isEqualTo(200);
    assertThat(free.json().fieldNames()).toIterable().containsExactly("waived");
    assertThat(owner.get("/api/plans").at("/currentPlanId")).isEqualTo(Plan.FREE.toString());
    assertThat(feature.stripe.books.all("subscription").getLast().get("status"))
        .isEqualTo("canceled");
  }

  @Test
  void aWaivedTenantPaysNothing() {
    feature.accounts.setWaived(tenant, true);
    var answer = owner.post("/api/billing/checkout", Map.of("planId", team));
    assertThat(answer.json().path("waived").asBoolean()).isTrue();
    assertThat(owner.get("/api/plans").at("/currentPlanId")).isEqualTo(team);
    assertThat(owner.get("/api/plans").json().path("billingWaived").asBoolean()).isTrue();
  }

  @Test
  void aBundleBringsItsCreditsOnce() {
    feature.stripe.books.tax(true);
    var bundle = feature.bundle("Thousand " + tenant, 1000, 2000);
    var answer = owner.post("/api/billing/checkout", Map.of("bundleId", bundle));
    feature.stripe.books.pay(BillingPlatform.session(answer.at("/checkoutUrl")));
    var events = feature.stripe.books.takeEvents();
    feature.deliver(events);
    feature.deliver(events);
    // Another event of the same session must not pay out again either.
    feature.deliver(
        events.stream()
            .map(
                event ->
                    new FakeEvent(event.id() + "b", event.type(), event.object(), event.state()))
            .toList());
    assertThat(owner.get("/api/plans").at("/tenantPurchasedCredits")).isEqualTo("1000");
    var list = owner.get("/api/billing/transactions");
    assertThat(list.at("/total")).isEqualTo("1");
    assertThat(list.at("/transactions/0/type")).isEqualTo("credit_purchase");
    assertThat(list.at("/transactions/0/amountCents")).isEqualTo("2400");
    assertThat(list.at("/transactions/0/subtotalCents")).isEqualTo("2000");
    assertThat(list.at("/transactions/0/taxAmountCents")).isEqualTo("400");
    assertThat(list.at("/transactions/0/userId")).isEqualTo(owner.userId().toString());
    assertThat(feature.said(tenant))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("billing.credits.purchased");
              assertThat(event.data())
                  .containsEntry("credits", 1000)
                  .containsEntry("amount_cents", 2400);
            });
  }

  @Test
  void operatorsCancelAtOnce() {
    subscribe(pro);
    var state = feature.accounts.cancelSubscription(tenant, true);
    assertThat(state.billingStatus()).isEqualTo(BillingStatus.CANCELED);
    feature.deliver();
    assertThat(feature.said(tenant))
        .filteredOn(event -> event.type().equals("billing.subscription.canceled"))
        .singleElement()
        .satisfies(event -> assertThat(event.data()).containsEntry("reason", "user_initiated"));
  }

  @Test
  void whileStripeIsDownNothingIsLost() {
    subscribe(pro);
    feature.stripe.books.advance(MONTH);
    var events = feature.stripe.books.takeEvents();
    feature.stripe.down(true);
    assertThat(owner.post("/api/billing/portal", null).status()).isEqualTo(503);
    for (var event : events) {
      assertThat(event.sendTo(feature.platform.anonymous()).status()).isEqualTo(200);
    }
    feature.stripe.down(false);
    feature.settle();
    assertThat(owner.get("/api/billing/transactions").at("/total")).isEqualTo("2");
  }
}
