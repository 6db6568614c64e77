package dev.slipway.billing.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.billing.BillingPlatform;
import dev.slipway.billing.fake.FakeEvent;
import dev.slipway.billing.fake.FakeStripe;
import dev.slipway.testkit.TestClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused, what the webhook takes, and the invoices. */
class BillingResourceIT {
  static BillingPlatform feature;
  static String plan;

  UUID tenant;
  TestClient owner;

  @BeforeAll
  static void start() throws Exception {
    feature = new BillingPlatform(true);
    plan = feature.plan("Pro", 4900, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void tenant() {
    tenant = feature.tenants.add("Smith & Sons");
    owner = feature.platform.as(tenant, Role.OWNER);
    feature.stripe.books.takeEvents();
  }

  @Test
  void refusesCheckoutsThatSayTooMuchOrTooLittle() {
    var path = "/api/billing/checkout";
    assertThat(owner.post(path, Map.of()).fields()).containsExactly("planId");
    assertThat(owner.post(path, Map.of("planId", plan, "bundleId", plan)).status()).isEqualTo(400);
    assertThat(owner.post(path, Map.of("planId", plan, "billingInterval", "week")).fields())
        .containsExactly("billingInterval");
    assertThat(owner.post(path, Map.of("planId", "1")).fields()).containsExactly("planId");
    assertThat(owner.post(path, Map.of("planId", Ids.next().toString())).status()).isEqualTo(404);
    assertThat(owner.post(path, Map.of("bundleId", Ids.next().toString())).status()).isEqualTo(404);
    assertThat(owner.post(path, Map.of("planId", plan, "price", 1)).status()).isEqualTo(400);
    assertThat(owner.post("/api/billing/portal", null).status()).isEqualTo(400);
    assertThat(owner.post("/api/billing/cancel", null).status()).isEqualTo(400);
  }

  @Test
  void onlyTheOwnerBuys() {
    var admin = feature.platform.as(tenant, Role.ADMIN);
    for (var path : new String[] {"checkout", "portal", "cancel"}) {
      assertThat(admin.post("/api/billing/" + path, Map.of()).status()).isEqualTo(403);
      assertThat(feature.platform.anonymous().post("/api/billing/" + path, null).status())
          .isEqualTo(401);
    }
    assertThat(
            feature.platform.as(tenant, Role.USER).get("/api/billing/config").at("/publishableKey"))
        .isEqualTo("pk_test_slipway");
    assertThat(feature.platform.anonymous().get("/api/plans").status()).isEqualTo(401);
  }

  @Test
  void opensThePortal() {
    owner.post("/api/billing/checkout", Map.of("planId", plan));
    var portal = owner.post("/api/billing/portal", null);
    assertThat(portal.at("/portalUrl")).startsWith("https://billing.stripe.test/");
    assertThat(owner.post("/api/billing/portal", null).at("/portalUrl"))
        .isNotEqualTo(portal.at("/portalUrl"));
  }

  @Test
  void takesOnlyWhatStripeSigned() {
    var event = new FakeEvent("evt_x", "invoice.paid", "in_x", Map.of("id", "in_x"));
    var body = event.body();
    var anyone = feature.platform.anonymous();
    var now = Instant.now();
    var good = FakeEvent.signature(body, now, FakeStripe.WEBHOOK_SECRET);
    var bad =
        new String[] {
          "",
          "t=1",
          "t",
          "t=",
          "t=abc",
          "t=1,v1",
          "t=1,v1=",
          "t=99999999999999999999,v1=00",
          "t=1,t=abc,v1=00",
          "t=abc,t=1,v1=00",
          ",",
          "=",
          "t=1,=00",
          "v1=00",
          good.replaceFirst("v1=..", "v1=zz"),
          good.replaceFirst("t=\\d+", "t=" + (now.getEpochSecond() - 1)),
          FakeEvent.signature(body, now.minusSeconds(301), FakeStripe.WEBHOOK_SECRET),
          FakeEvent.signature(body, now, "whsec_other"),
          FakeEvent.signature("{}".getBytes(StandardCharsets.UTF_8), now, FakeStripe.WEBHOOK_SECRET)
        };
    for (var signature : bad) {
      var refused = FakeEvent.send(anyone, body, signature);
      assertThat(refused.status()).as(signature).isEqualTo(400);
      assertThat(refused.at("/code")).isEqualTo("billing.webhook.signature");
    }
    assertThat(anyone.send("POST", "/api/billing/webhook", body, "application/json").status())
        .isEqualTo(400);
    var spaced = (new String(body, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
    assertThat(FakeEvent.send(anyone, spaced, good).status()).isEqualTo(400);
    var garbage = "not json".getBytes(StandardCharsets.UTF_8);
    var signed = FakeEvent.signature(garbage, now, FakeStripe.WEBHOOK_SECRET);
    assertThat(FakeEvent.send(anyone, garbage, signed).status()).isEqualTo(400);
    var large = new byte[600 * 1024];
    assertThat(FakeEvent.send(anyone, large, good).status()).isIn(400, 413);
    assertThat(FakeEvent.send(anyone, body, good).status()).isEqualTo(200);
    // Replayed within the tolerance: known, and nothing more.
    assertThat(FakeEvent.send(anyone, body, good).status()).isEqualTo(200);
    feature.settle();
    assertThat(owner.get("/api/billing/transactions").at("/total")).isEqualTo("0");
  }

  @Test
  void eventsOfOthersAtStripeAreNoOnesHere() {
    var foreign = new FakeEvent("evt_f", "customer.created", "cus_f", Map.of("id", "cus_f"));
    assertThat(foreign.sendTo(feature.platform.anonymous()).status()).isEqualTo(200);
    var gone =
        new FakeEvent(
            "evt_g", "customer.subscription.updated", "sub_gone", Map.of("id", "sub_gone"));
    assertThat(gone.sendTo(feature.platform.anonymous()).status()).isEqualTo(200);
    feature.settle();
  }

  @Test
  void showsInvoicesToTheirTenantAlone() {
    var url =
        owner
            .post("/api/billing/checkout", Map.of("planId", plan, "billingInterval", "month"))
            .at("/checkoutUrl");
    feature.stripe.books.pay(BillingPlatform.session(url));
    feature.deliver();
    var list = owner.get("/api/billing/transactions?page=0&perPage=1000");
    assertThat(list.at("/page")).isEqualTo("1");
    assertThat(list.at("/perPage")).isEqualTo("20");
    var id = list.at("/transactions/0/id");
    var number = list.at("/transactions/0/invoiceNumber");
    assertThat(number).matches("INV-\\d{4}");

    var member = feature.platform.as(tenant, Role.USER);
    var invoice = member.get("/api/billing/transactions/" + id + "/invoice");
    assertThat(invoice.at("/tenant/name")).isEqualTo("Smith & Sons");
    assertThat(invoice.at("/transaction/planName")).isEqualTo("Pro");
    var pdf = member.get("/api/billing/transactions/" + id + "/invoice/pdf");
    assertThat(pdf.status()).isEqualTo(200);
    assertThat(pdf.header("Content-Type")).contains("application/pdf");
    assertThat(pdf.header("Content-Disposition").orElseThrow()).contains(number + ".pdf");
    assertThat(pdf.text()).startsWith("%PDF-");
    assertThat(member.get("/api/billing/transactions/" + id + "/invoice/pdf").response().body())
        .isEqualTo(pdf.response().body());

    var stranger = feature.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get("/api/billing/transactions/" + id + "/invoice").status())
        .isEqualTo(404);
    assertThat(stranger.get("/api/billing/transactions/" + id + "/invoice/pdf").status())
        .isEqualTo(404);
    assertThat(stranger.get("/api/billing/transactions").at("/total")).isEqualTo("0");
  }
}
