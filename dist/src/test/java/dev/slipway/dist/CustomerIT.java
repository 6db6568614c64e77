package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.billing.fake.FakeStripe;
import dev.slipway.dist.Hooks.Hook;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.MailBox;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.contract.ExampleSuite;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A customer's way from sign-up to the last invoice, with all that lies outside as it would be: a
 * mail server, Stripe with a clock to advance, and a receiver of webhooks that trusts nothing.
 */
class CustomerIT {
  private static final Duration MONTH = Duration.ofDays(32);
  private static final String HOST = "host@example.com";
  private static final String GUEST = "guest@example.com";

  private static MailBox mail;
  private static FakeStripe stripe;
  private static Hooks hooks;
  private static Node node;
  private static TestClient anyone;

  /** Somebody signed in, in a tenant. */
  private record Person(String id, String tenant, TestClient client) {
    static Person of(Answer signedIn) {
      var tenant = signedIn.at("/memberships/0/tenantId");
      var client =
          anyone
              .with("Authorization", "Bearer " + signedIn.at("/accessToken"))
              .with("X-Tenant-ID", tenant);
      return new Person(signedIn.at("/user/id"), tenant, client);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    mail = MailBox.start();
    stripe = new FakeStripe();
    stripe.books.tax(true);
    hooks = new Hooks();
    node =
        Node.quiet()
            .with("SLIPWAY_SMTP_URL", mail.url())
            .with("SLIPWAY_FRONTEND_URL", "https://app.example.com")
            .with("SLIPWAY_STRIPE_URL", stripe.url())
            .with("SLIPWAY_STRIPE_SECRET_KEY", FakeStripe.KEY)
            .with("SLIPWAY_STRIPE_WEBHOOK_SECRET", FakeStripe.WEBHOOK_SECRET)
            .with("SLIPWAY_BILLING_TAX", "automatic")
            .with("SLIPWAY_BILLING_SELLER_NAME", "Harbour Cloud Ltd")
            .with("SLIPWAY_BILLING_SELLER_ADDRESS", "7 Dock Road | Bristol BS1 6TP")
            .with("SLIPWAY_BILLING_SELLER_TAX_ID", "GB123456789")
            .with("SLIPWAY_EGRESS_ALLOW", stripe.endpoint() + "," + hooks.endpoint());
    node.start("--agent", "off");
    anyone = TestClient.at(URI.create(node.url()));
  }

  @AfterAll
  static void stop() throws Exception {
    node.close();
    hooks.close();
    stripe.close();
    mail.close();
  }

  /** One story, because each step needs those before it. */
  @Test
  void customerComesPaysAndGoesAndEveryoneIsTold() throws Exception {
    var root = Person.of(login(Node.EMAIL)).client();
    var verifier = subscribeHooks(root);
    var plan =
        made(root.post("/api/admin/plans", Map.of("name", "Pro", "monthlyPriceCents", 4900)))
            .at("/id");

    var host = signUp(HOST, "Ann Host");
    verify(host, HOST);
    var guest = join(host);
    assertThat(hooks.await("member.joined").data().path("userId").asText()).isEqualTo(guest.id());

    subscribe(host, plan);
    renew(host);
    failAndRecover(host);
    invoices(host, guest);
    leave(host);

    everyoneWasTold(verifier);
    comeBackAndBeEnded(root, host, plan);
  }

  private static Answer login(String email) {
    return ok(
        anyone.post("/api/auth/login", Map.of("email", email, "password", Node.PASSWORD)), 200);
  }

  /** All that there is to hear. */
  private static HookVerifier subscribeHooks(TestClient root) {
    var types = root.get("/api/admin/webhooks/event-types").json().path("eventTypes");
    var draft =
        Map.of("name", "books", "url", hooks.url(), "events", types.findValuesAsText("type"));
    return new HookVerifier(made(root.post("/api/admin/webhooks", draft)).at("/secret"));
  }

  private static Person signUp(String email, String name) throws InterruptedException {
    var form = Map.of("email", email, "password", Node.PASSWORD, "displayName", name);
    var person = Person.of(made(anyone.post("/api/auth/register", form)));
    Await.until(
        "the sign-up is told", () -> hooks.of("user.registered").toString().contains(person.id()));
    return person;
  }

  private static void verify(Person person, String email) throws InterruptedException {
    assertThat(verified(person)).isFalse();
    var letter = mail.await(email);
    assertThat(letter.link()).asString().startsWith("https://app.example.com/verify-email?token=");
    var token = Map.of("token", letter.parameter("token"));
    ok(anyone.post("/api/auth/verify-email", token), 200);
    assertThat(verified(person)).isTrue();
    assertThat(anyone.post("/api/auth/verify-email", token).status()).isEqualTo(400);
    assertThat(hooks.await("user.verified").data().path("email").asText()).isEqualTo(email);
  }

  private static boolean verified(Person person) {
    return ok(person.client().get("/api/auth/me"), 200)
        .json()
        .at("/user/emailVerified")
        .asBoolean();
  }

  /** Somebody with an account of their own is invited, and comes in. */
  private static Person join(Person host) throws InterruptedException {
    var guest = signUp(GUEST, "Bo Guest");
    mail.await(GUEST);
    assertThat(hooks.of("member.invited")).isEmpty();
    made(host.client().post("/api/tenant/members/invite", Map.of("email", GUEST, "role", "user")));
    assertThat(hooks.await("member.invited").data().path("email").asText()).isEqualTo(GUEST);
    var letter = mail.await(GUEST, 2);
    assertThat(letter.subject()).startsWith("Ann Host invites you to ");
    assertThat(inHostsTenant(guest, host).get("/api/plans").status()).isEqualTo(403);
    var token = Map.of("token", letter.parameter("token"));
    ok(guest.client().post("/api/auth/accept-invitation", token), 200);
    ok(inHostsTenant(guest, host).get("/api/plans"), 200);
    return guest;
  }

  private static TestClient inHostsTenant(Person guest, Person host) {
    return guest.client().with("X-Tenant-ID", host.tenant());
  }

  private static void subscribe(Person host, String plan) throws InterruptedException {
    var order = Map.of("planId", plan, "billingInterval", "month");
    var url = ok(host.client().post("/api/billing/checkout", order), 200).at("/checkoutUrl");
    stripe.books.pay(url.substring(url.lastIndexOf('/') + 1));
    stripeTells();
    status(host, "active");
    assertThat(plans(host).at("/currentPlanId").asText()).isEqualTo(plan);
    var activated = hooks.await("subscription.activated").data();
    assertThat(activated.path("tenantId").asText()).isEqualTo(host.tenant());
    assertThat(activated.path("amountCents").asInt()).isEqualTo(4900);
  }

  private static void renew(Person host) throws InterruptedException {
    var end = plans(host).path("currentPeriodEnd").asText();
    stripe.books.advance(MONTH);
    stripeTells();
    var received = hooks.await("payment.received").data();
    assertThat(received.path("amountCents").asInt()).isEqualTo(5880);
    assertThat(received.path("currency").asText()).isEqualTo("USD");
    assertThat(plans(host).path("currentPeriodEnd").asText()).isGreaterThan(end);
  }

  private static void failAndRecover(Person host) throws InterruptedException {
    stripe.books.decline(true);
    stripe.books.advance(MONTH);
    stripeTells();
    status(host, "past_due");
    assertThat(hooks.await("payment.failed").data().path("tenantId").asText())
        .isEqualTo(host.tenant());
    stripe.books.decline(false);
    stripe.books.all("invoice").stream()
        .filter(invoice -> invoice.get("status").equals("open"))
        .forEach(invoice -> stripe.books.retry(invoice.get("id").toString()));
    stripeTells();
    status(host, "active");
    Await.until("the payment is told", () -> hooks.of("payment.received").size() == 2);
  }

  /** Who was invited may read them; a stranger finds nothing. */
  private static void invoices(Person host, Person guest) throws IOException {
    var member = inHostsTenant(guest, host);
    var list = ok(member.get("/api/billing/transactions"), 200).json();
    assertThat(list.path("total").asInt()).isEqualTo(3);
    var newest = list.at("/transactions/0");
    var number = newest.path("invoiceNumber").asText();
    var path = "/api/billing/transactions/" + newest.path("id").asText() + "/invoice/pdf";
    assertThat(guest.client().get(path).status()).isEqualTo(404);

    var pdf = ok(member.get(path), 200);
    assertThat(pdf.header("Content-Type")).hasValue("application/pdf");
    assertThat(pdf.header("Content-Disposition"))
        .hasValue("attachment; filename=\"" + number + ".pdf\"");
    try (var document = Loader.loadPDF(pdf.response().body())) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      assertThat(new PDFTextStripper().getText(document))
          .contains("Invoice", number, "Paid")
          .contains("Harbour Cloud Ltd", "7 Dock Road", "Bristol BS1 6TP", "Tax ID GB123456789")
          .contains("Ann <Smith> & Söhne GmbH", "1 Harbour Street", "20457 Hamburg")
          .contains("1 × Pro", "USD 49.00", "USD 9.80", "USD 58.80", "Page 1 of 1");
    }
  }

  private static void leave(Person host) throws InterruptedException {
    ok(host.client().post("/api/billing/cancel", null), 200);
    stripeTells();
    assertThat(plans(host).path("billingStatus").asText()).isEqualTo("active");
    assertThat(plans(host).path("canceledAt").asText()).isNotEmpty();
    stripe.books.advance(MONTH);
    stripeTells();
    status(host, "canceled");
    assertThat(hooks.await("subscription.canceled").data().path("reason").asText())
        .isEqualTo("cancel_at_period_end");
  }

  private static void everyoneWasTold(HookVerifier verifier) throws InterruptedException {
    Await.until("the way back to the free plan is told", () -> hooks.of("plan.changed").size() > 1);
    var all = hooks.received();
    assertThat(all.stream().map(Hook::event))
        .containsExactlyInAnyOrder(
            "user.registered",
            "tenant.created",
            "user.verified",
            "user.registered",
            "tenant.created",
            "member.invited",
            "member.joined",
            "subscription.activated",
            "plan.changed",
            "payment.received",
            "payment.failed",
            "payment.received",
            "subscription.canceled",
            "plan.changed");
    assertThat(all.stream().map(hook -> hook.header("webhook-id"))).doesNotHaveDuplicates();
    var now = Instant.now();
    assertThat(all)
        .allSatisfy(
            hook -> {
              assertThat(verifier.accepts(hook, now)).isTrue();
              assertThat(verifier.acceptsPlain(hook)).isTrue();
              assertThat(hook.header("X-Webhook-Event")).isEqualTo(hook.event());
              assertThat(hook.header("Content-Type")).startsWith("application/json");
              assertThat(Instant.parse(hook.json().path("timestamp").asText())).isBefore(now);
              assertThat(fields(hook.json())).containsExactly("event", "timestamp", "data");
            });
    var forged = new Hook(all.getFirst().headers(), all.getFirst().body() + " ");
    assertThat(verifier.accepts(forged, now) || verifier.acceptsPlain(forged)).isFalse();
  }

  /** The operator's way to end it, as the reference shows it. */
  private static void comeBackAndBeEnded(TestClient root, Person host, String plan)
      throws InterruptedException {
    subscribe(host, plan);
    ExampleSuite.of(anyone, root, "admin")
        .folder(ExamplesIT.EXAMPLES)
        .object("/api/admin/tenants/{tenantId}", host.tenant())
        .prove("admin.tenant.cancel-subscription");
    stripeTells();
    assertThat(plans(host).path("billingStatus").asText()).isEqualTo("active");
    assertThat(plans(host).path("canceledAt").asText()).isNotEmpty();
  }

  private static List<String> fields(JsonNode object) {
    Iterable<String> names = object::fieldNames;
    return StreamSupport.stream(names.spliterator(), false).toList();
  }

  /** Delivers what happened at Stripe; each event is acknowledged. */
  private static void stripeTells() {
    stripe.books.takeEvents().forEach(event -> ok(event.sendTo(anyone), 200));
  }

  private static JsonNode plans(Person person) {
    return ok(person.client().get("/api/plans"), 200).json();
  }

  private static void status(Person host, String wanted) throws InterruptedException {
    Await.until(
        "the subscription is " + wanted,
        () -> plans(host).path("billingStatus").asText().equals(wanted));
  }

  private static Answer made(Answer answer) {
    return ok(answer, 201);
  }

  private static Answer ok(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return answer;
  }
}
