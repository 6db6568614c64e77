package dev.slipway.billing.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Role;
import dev.slipway.billing.BillingPlatform;
import dev.slipway.billing.fake.FakeEvent;
import dev.slipway.billing.service.Refunds;
import dev.slipway.billing.stripe.RemoteRefund;
import dev.slipway.testkit.TestClient;
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

/** Money that goes back at Stripe, as its webhooks tell it. */
class RefundIT {
  static BillingPlatform feature;
  static String pro;

  UUID tenant;
  TestClient owner;

  @BeforeAll
  static void start() throws Exception {
    feature = new BillingPlatform(true);
    pro = feature.plan("Pro", 4999, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void tenant() {
    tenant = feature.tenants.add("Smith & Sons");
    owner = feature.platform.as(tenant, Role.OWNER);
    feature.stripe.books.tax(true);
    feature.stripe.books.takeEvents();
  }

  void payBundle(long credits, long cents) {
    var bundle = feature.bundle("Bundle " + tenant, credits, cents);
    var answer = owner.post("/api/billing/checkout", Map.of("bundleId", bundle));
    feature.stripe.books.pay(BillingPlatform.session(answer.at("/checkoutUrl")));
  }

  void payPlan() {
    var answer =
        owner.post("/api/billing/checkout", Map.of("planId", pro, "billingInterval", "month"));
    feature.stripe.books.pay(BillingPlatform.session(answer.at("/checkoutUrl")));
  }

  List<JsonNode> entries() {
    var list = new ArrayList<JsonNode>();
    owner
        .get("/api/billing/transactions?perPage=100")
        .json()
        .path("transactions")
        .forEach(list::add);
    return list.reversed();
  }

  long sum(String member) {
    return entries().stream().mapToLong(entry -> entry.path(member).asLong()).sum();
  }

  String credits() {
    return owner.get("/api/plans").at("/tenantPurchasedCredits");
  }

  long revenueToday() {
    var data =
        feature
            .root
            .get("/api/admin/financial/metrics?range=7d&metric=revenue")
            .json()
            .path("data");
    return data.get(data.size() - 1).path("value").asLong();
  }

  @Test
  void aSubscriptionsRefundIsACreditNote() {
    payPlan();
    feature.deliver();
    var revenue = revenueToday();
    var payment = entries().getLast();
    assertThat(payment.path("amountCents").asLong()).isEqualTo(5998);
    feature.stripe.books.refund(5998);
    feature.deliver();
    assertThat(entries()).hasSize(2);
    var note = entries().getLast();
    assertThat(note.path("type").asText()).isEqualTo("refund");
    assertThat(note.path("amountCents").asLong()).isEqualTo(-5998);
    assertThat(note.path("subtotalCents").asLong()).isEqualTo(-4999);
    assertThat(note.path("taxAmountCents").asLong()).isEqualTo(-999);
    assertThat(note.path("currency").asText()).isEqualTo("USD");
    assertThat(note.path("planName").asText()).isEqualTo("Pro");
    assertThat(note.path("refundOf").asText()).isEqualTo(payment.path("id").asText());
    assertThat(note.path("description").asText())
        .isEqualTo("Refund of " + payment.path("invoiceNumber").asText() + ": Subscription Pro");
    assertThat(number(note)).isEqualTo(number(payment) + 1);
    assertThat(revenueToday()).isEqualTo(revenue - 5998);
    assertThat(feature.types(tenant)).last().isEqualTo("billing.payment.refunded");
    assertThat(feature.said(tenant).getLast().data())
        .containsEntry("amount_cents", 5998)
        .containsEntry("invoice_number", note.path("invoiceNumber").asText());

    var path = "/api/billing/transactions/" + note.path("id").asText() + "/invoice";
    assertThat(owner.get(path).at("/transaction/type")).isEqualTo("refund");
    assertThat(owner.get(path + "/pdf").text()).startsWith("%PDF-");
    // The subscription runs on; whoever gives money back ends it apart from that.
    assertThat(owner.get("/api/plans").at("/currentPlanId")).isEqualTo(pro);
  }

  static long number(JsonNode entry) {
    return Long.parseLong(entry.path("invoiceNumber").asText().substring("INV-".length()));
  }

  @Test
  void partsAddUpToTheWhole() {
    payBundle(1000, 999);
    feature.deliver();
    assertThat(credits()).isEqualTo("1000");
    var left = new long[] {333, 1, 500, 364};
    for (var part : left) {
      feature.stripe.books.refund(part);
      feature.deliver();
    }
    assertThat(entries()).hasSize(5);
    assertThat(sum("amountCents")).isZero();
    assertThat(sum("subtotalCents")).isZero();
    assertThat(sum("taxAmountCents")).isZero();
    assertThat(credits()).isEqualTo("0");
    assertThatThrownBy(() -> feature.stripe.books.refund(1)).hasMessageContaining("already");
  }

  @Test
  void stripeGivesBackNoMoreThanWasPaid() {
    payBundle(10, 100);
    assertThatThrownBy(() -> feature.stripe.books.refund(121)).hasMessageContaining("greater");
    feature.stripe.books.refund(100);
    assertThatThrownBy(() -> feature.stripe.books.refund(21)).hasMessageContaining("greater");
    feature.deliver();
    assertThat(sum("amountCents")).isEqualTo(20);
  }

  @Test
  void creditsThatWereUsedAreNotOwed() {
    payBundle(1000, 1000);
    feature.deliver();
    feature.accounts.setCredits(tenant, null, 300L);
    feature.stripe.books.refund(600);
    feature.deliver();
    assertThat(credits()).isEqualTo("0");
    feature.accounts.setCredits(tenant, null, 700L);
    feature.stripe.books.refund(600);
    feature.deliver();
    assertThat(credits()).isEqualTo("200");
  }

  @Test
  void whatDidNotArriveCountsAgain() {
    payBundle(1000, 1000);
    feature.deliver();
    feature.accounts.setCredits(tenant, null, 400L);
    var refund = feature.stripe.books.refund(1200);
    feature.deliver();
    assertThat(credits()).isEqualTo("0");
    feature.stripe.books.failRefund(refund);
    var events = feature.deliver();
    feature.deliver(events);
    assertThat(entries()).hasSize(3);
    assertThat(sum("amountCents")).isEqualTo(1200);
    assertThat(sum("taxAmountCents")).isEqualTo(200);
    assertThat(credits()).isEqualTo("400");
    assertThat(feature.types(tenant)).last().isEqualTo("billing.refund.failed");
    // It can be given back once more.
    feature.stripe.books.refund(1200);
    feature.deliver();
    assertThat(sum("amountCents")).isZero();
    assertThat(credits()).isEqualTo("0");
  }

  @Test
  void aRefundThatFailedBeforeItWasToldLeavesNoTrace() {
    payBundle(10, 100);
    feature.deliver();
    feature.stripe.books.failRefund(feature.stripe.books.refund(120));
    feature.deliver();
    assertThat(entries()).hasSize(1);
    assertThat(credits()).isEqualTo("10");
  }

  @Test
  void aRefundThatIsToldFirstBringsItsPayment() {
    payPlan();
    var payment = feature.stripe.books.takeEvents();
    feature.stripe.books.refund(5998);
    feature.deliver();
    assertThat(entries()).hasSize(2);
    assertThat(sum("amountCents")).isZero();
    feature.deliver(payment);
    assertThat(entries()).hasSize(2);
  }

  @Test
  void whateverOrderAndNumberOfDeliveriesTheEndIsTheSame() {
    var random = new Random(7);
    for (var round = 0; round < 6; round++) {
      tenant();
      payBundle(900, 900);
      feature.stripe.books.refund(360);
      feature.stripe.books.refund(360);
      var deliveries = new ArrayList<FakeEvent>(feature.stripe.books.takeEvents());
      deliveries.addAll(
          List.copyOf(deliveries).stream()
              .map(
                  event ->
                      new FakeEvent(event.id() + "b", event.type(), event.object(), event.state()))
              .toList());
      Collections.shuffle(deliveries, random);
      feature.deliver(deliveries);
      assertThat(entries()).hasSize(3);
      assertThat(sum("amountCents")).isEqualTo(360);
      assertThat(credits()).isEqualTo("300");
    }
  }

  @Test
  void nodesThatHearAtTheSameTimeEnterEachOnce() throws Exception {
    payBundle(997, 1000);
    feature.deliver();
    var session = entries().getLast().path("stripeSessionId").asText();
    var refunds = new Refunds(feature.database, feature.platform.events());
    var calls = new ArrayList<Callable<Boolean>>();
    for (var i = 0; i < 24; i++) {
      var refund = new RemoteRefund("re_" + tenant + i % 6, "pi", "succeeded", 200);
      calls.add(
          () -> {
            refunds.enter(refund, session, null);
            return true;
          });
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : pool.invokeAll(calls)) {
        assertThat(call.get()).isTrue();
      }
    }
    assertThat(entries()).hasSize(7);
    assertThat(sum("amountCents")).isZero();
    assertThat(sum("taxAmountCents")).isZero();
    assertThat(credits()).isEqualTo("0");
  }

  @Test
  void refundsOfOthersAtStripeAreNoOnesHere() {
    payPlan();
    feature.deliver();
    var before = entries().size();
    var foreign = new FakeEvent("evt_r", "refund.created", "re_gone", Map.of("id", "re_gone"));
    var charge = new FakeEvent("evt_c", "charge.refunded", "ch_gone", Map.of("id", "ch_gone"));
    feature.deliver(List.of(foreign, charge));
    assertThat(entries()).hasSize(before);
  }

  @Test
  void stripesTroubleIsWaitedFor() {
    payBundle(10, 100);
    feature.deliver();
    feature.stripe.books.refund(120);
    var events = feature.stripe.books.takeEvents();
    feature.stripe.down(true);
    for (var event : events) {
      assertThat(event.sendTo(feature.platform.anonymous()).status()).isEqualTo(200);
    }
    feature.stripe.down(false);
    feature.settle();
    assertThat(sum("amountCents")).isZero();
  }
}
