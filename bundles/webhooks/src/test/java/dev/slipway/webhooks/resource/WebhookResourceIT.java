package dev.slipway.webhooks.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import dev.slipway.webhooks.service.Receiver;
import dev.slipway.webhooks.service.Receiver.Reply;
import dev.slipway.webhooks.service.WebhooksPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebhookResourceIT {
  static final String PATH = "/api/admin/webhooks";
  static final String[] DELIVERY = {
    "id",
    "webhookId",
    "eventType",
    "payload",
    "responseCode",
    "responseBody",
    "success",
    "durationMs",
    "retryCount",
    "maxRetries",
    "createdAt"
  };
  static WebhooksPlatform feature;

  final TestClient admin = feature.platform.as(new Membership(feature.root, Role.ADMIN, true));

  @BeforeAll
  static void start() {
    feature = new WebhooksPlatform();
    feature.platform.register(
        new WebhookResource(feature.endpoints, feature.deliveries),
        new WebhookDeliveryResource(feature.deliveries));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  static Map<String, Object> draft(String url) {
    return Map.of(
        "name", "CRM", "url", url, "events", List.of("tenant.created"), "description", "all");
  }

  Answer create() {
    return admin.post(PATH, draft("http://127.0.0.1:9/hook"));
  }

  @Test
  void addsAndShowsAWebhook() {
    var made = create();
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("webhook", "secret");
    assertThat(made.json().get("webhook").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "description",
            "url",
            "secretPreview",
            "events",
            "isActive",
            "createdBy",
            "createdAt",
            "updatedAt");
    var secret = made.at("/secret");
    assertThat(secret)
        .matches("whsec_[A-Za-z0-9+/]{40}")
        .endsWith(made.at("/webhook/secretPreview"));
    assertThat(made.at("/webhook/secretPreview")).hasSize(8);
    assertThat(made.at("/webhook/isActive")).isEqualTo("true");
    assertThat(made.at("/webhook/createdBy")).isEqualTo(admin.userId().toString());

    var got = admin.get(PATH + "/" + made.at("/webhook/id"));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("webhook", "secret", "deliveries");
    assertThat(got.json().get("webhook")).isEqualTo(made.json().get("webhook"));
    assertThat(got.at("/secret")).isEqualTo(secret);
    var listed = admin.get(PATH);
    assertThat(listed.at("/webhooks/0/id")).isEqualTo(made.at("/webhook/id"));
    assertThat(listed.text()).doesNotContain(secret);
  }

  String audit(Answer answer) {
    var request = answer.header("X-Request-ID").orElseThrow();
    return feature.platform.audited(request) + " " + feature.platform.auditDetails(request);
  }

  @Test
  void theAuditTellsWhatChangedAndWhoSawASecretButNoSecret() {
    var made = admin.post(PATH, draft("http://127.0.0.1:9/hook?token=of-theirs"));
    var secret = made.at("/secret");
    var path = PATH + "/" + made.at("/webhook/id");
    var changed =
        admin.put(
            path,
            Map.of("name", "ERP", "url", "http://127.0.0.1:9/", "events", List.of("user.deleted")));
    var shown = admin.get(path);
    var rotated = admin.post(path + "/regenerate-secret", null);
    var deleted = admin.delete(path);
    assertThat(audit(made))
        .contains("[webhooks.webhook.create]", "CRM", "http://127.0.0.1:9", "tenant.created");
    assertThat(audit(changed))
        .contains("[webhooks.webhook.update]", "before", "CRM", "after", "ERP", "user.deleted");
    assertThat(audit(shown)).contains("[webhooks.webhook.get]", made.at("/webhook/id"));
    assertThat(audit(rotated)).contains("[webhooks.webhook-secret.regenerate]");
    assertThat(audit(deleted)).contains("[webhooks.webhook.delete]", "ERP");
    for (var answer : List.of(made, changed, shown, rotated, deleted)) {
      assertThat(audit(answer)).doesNotContain(secret, rotated.at("/secret"), "of-theirs");
    }
    var gone = admin.get(path);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(feature.platform.audited(gone.header("X-Request-ID").orElseThrow())).isEmpty();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThat(admin.post(PATH, Map.of()).fields())
        .containsExactlyInAnyOrder("name", "url", "events");
    var unknown =
        admin.post(PATH, Map.of("name", "a", "url", "http://127.0.0.1/", "events", List.of("a.b")));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.fields()).containsExactly("events");
    for (var events : List.of(List.of(), List.of(1), List.of("x".repeat(101)), "tenant.created")) {
      assertThat(
              admin
                  .post(PATH, Map.of("name", "a", "url", "http://127.0.0.1/", "events", events))
                  .status())
          .isEqualTo(400);
    }
    for (var url : List.of("http://10.0.0.1/", "ftp://a.example/", "http://localhost/", "x")) {
      var refused = admin.post(PATH, draft(url));
      assertThat(refused.status()).as(url).isEqualTo(400);
      assertThat(refused.fields()).containsExactly("url");
    }
    for (var name : List.of("", " ", "a".repeat(101), "a\u0000b", "a\nb", "a\u202eb")) {
      var refused =
          admin.post(
              PATH,
              Map.of("name", name, "url", "http://127.0.0.1/", "events", List.of("user.deleted")));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.fields()).containsExactly("name");
    }
    // One that deploy webhooks alone may hear.
    assertThat(
            admin
                .post(
                    PATH,
                    Map.of(
                        "name",
                        "a",
                        "url",
                        "http://127.0.0.1/",
                        "events",
                        List.of("deploy.failed")))
                .fields())
        .containsExactly("events");
  }

  @Test
  void listsTheEventTypes() {
    var types = admin.get(PATH + "/event-types");
    assertThat(types.status()).isEqualTo(200);
    assertThat(types.json().get("eventTypes")).hasSize(20);
    assertThat(types.json().at("/eventTypes/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("type", "description");
  }

  @Test
  void editsAWebhookAndKeepsItsSecret() {
    var made = create();
    var path = PATH + "/" + made.at("/webhook/id");
    var body =
        Map.of("name", "New", "url", "https://127.0.0.1/", "events", List.of("user.deleted"));
    var edited = admin.put(path, body);
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.at("/webhook/name")).isEqualTo("New");
    assertThat(edited.at("/webhook/description")).isEmpty();
    assertThat(edited.at("/webhook/events/0")).isEqualTo("user.deleted");
    assertThat(admin.get(path).at("/secret")).isEqualTo(made.at("/secret"));
    assertThat(admin.put(path, draft("http://192.168.1.1/")).fields()).containsExactly("url");
    assertThat(admin.put(path, Map.of("name", "a")).fields())
        .containsExactlyInAnyOrder("url", "events");
  }

  @Test
  void deletesAWebhook() {
    var path = PATH + "/" + create().at("/webhook/id");
    var gone = admin.delete(path);
    assertThat(gone.status()).isEqualTo(200);
    assertThat(gone.at("/status")).isEqualTo("deleted");
    for (var missing :
        List.of(
            admin.get(path),
            admin.delete(path),
            admin.put(path, draft("http://127.0.0.1/")),
            admin.post(path + "/test", null),
            admin.post(path + "/regenerate-secret", null),
            admin.get(path + "/deliveries"))) {
      assertThat(missing.status()).isEqualTo(404);
    }
    assertThat(admin.get(PATH).text()).doesNotContain(path.substring(PATH.length() + 1));
  }

  @Test
  void regeneratesTheSecret() {
    var made = create();
    var path = PATH + "/" + made.at("/webhook/id");
    var fresh = admin.post(path + "/regenerate-secret", null);
    assertThat(fresh.status()).isEqualTo(200);
    assertThat(fresh.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("secret", "secretPreview");
    assertThat(fresh.at("/secret"))
        .startsWith("whsec_")
        .endsWith(fresh.at("/secretPreview"))
        .isNotEqualTo(made.at("/secret"));
    assertThat(admin.get(path).at("/secret")).isEqualTo(fresh.at("/secret"));
    assertThat(admin.post(path + "/regenerate-secret?graceSeconds=3600", null).status())
        .isEqualTo(200);
    assertThat(admin.post(path + "/regenerate-secret?graceSeconds=-1", null).status())
        .isEqualTo(400);
    assertThat(admin.post(path + "/regenerate-secret?graceSeconds=604801", null).status())
        .isEqualTo(400);
  }

  @Test
  void sendsASample() throws Exception {
    try (var receiver = Receiver.willing()) {
      var made = admin.post(PATH, draft(receiver.url()));
      var path = PATH + "/" + made.at("/webhook/id");
      var tested = admin.post(path + "/test", null);
      assertThat(tested.status()).isEqualTo(200);
      assertThat(tested.json().get("delivery").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(DELIVERY);
      assertThat(tested.at("/delivery/success")).isEqualTo("true");
      assertThat(tested.at("/delivery/eventType")).isEqualTo("tenant.created");
      assertThat(tested.at("/delivery/webhookId")).isEqualTo(made.at("/webhook/id"));
      var got = receiver.await(1).getFirst();
      assertThat(got.header("X-Webhook-Test")).isEqualTo("true");
      assertThat(got.header("X-Webhook-Signature")).matches("[0-9a-f]{64}");
      assertThat(got.body()).isEqualTo(tested.at("/delivery/payload"));
      assertThat(admin.get(path).json().at("/deliveries/0"))
          .isEqualTo(tested.json().get("delivery"));
    }
  }

  @Test
  void aSampleThatFailsIsAnAnswerToo() throws Exception {
    try (var receiver = new Receiver(request -> Reply.text(503, "not now"))) {
      var made = admin.post(PATH, draft(receiver.url()));
      var tested = admin.post(PATH + "/" + made.at("/webhook/id") + "/test", null);
      assertThat(tested.status()).isEqualTo(200);
      assertThat(tested.at("/delivery/success")).isEqualTo("false");
      assertThat(tested.at("/delivery/responseCode")).isEqualTo("503");
      assertThat(tested.at("/delivery/responseBody")).isEqualTo("not now");
    }
    var dead = create();
    var tested = admin.post(PATH + "/" + dead.at("/webhook/id") + "/test", null);
    assertThat(tested.status()).isEqualTo(200);
    assertThat(tested.at("/delivery/responseCode")).isEqualTo("0");
  }

  @Test
  void showsAttemptsAndReplays() throws Exception {
    try (var receiver = Receiver.willing()) {
      var made = admin.post(PATH, draft(receiver.url()));
      var path = PATH + "/" + made.at("/webhook/id") + "/deliveries";
      feature.intake.on(WebhooksPlatform.tenantCreated("a"));
      var waiting = admin.get(path);
      assertThat(waiting.at("/total")).isEqualTo("1");
      var id = waiting.at("/deliveries/0/id");
      assertThat(admin.get(path + "/" + id).at("/status")).isEqualTo("pending");
      var early = admin.post(path + "/" + id + "/replay", null);
      assertThat(early.status()).isEqualTo(409);
      assertThat(early.at("/code")).isEqualTo("webhooks.delivery.waiting");

      feature.delivering(() -> receiver.await(1));
      var traced = admin.get(path + "/" + id);
      assertThat(traced.json().fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("delivery", "status", "nextAttemptAt", "attempts");
      assertThat(traced.at("/status")).isEqualTo("succeeded");
      assertThat(traced.at("/attempts/0/responseCode")).isEqualTo("200");
      var replayed = admin.post(path + "/" + id + "/replay", null);
      assertThat(replayed.status()).isEqualTo(202);
      assertThat(replayed.at("/delivery/id")).isNotEqualTo(id);
      assertThat(admin.get(path + "/" + UUID.randomUUID()).status()).isEqualTo(404);
      assertThat(admin.post(path + "/" + UUID.randomUUID() + "/replay", null).status())
          .isEqualTo(404);
      assertThat(admin.get(path + "?limit=201").status()).isEqualTo(400);
    }
  }

  @Test
  void showsTheLatestTwenty() {
    var id = create().at("/webhook/id");
    IntStream.range(0, 22).forEach(n -> feature.intake.on(WebhooksPlatform.tenantCreated("n" + n)));
    var deliveries = admin.get(PATH + "/" + id).json().get("deliveries");
    assertThat(deliveries).hasSize(20);
    assertThat(deliveries.at("/0/payload").asText()).contains("\"n21\"");
  }

  @Test
  void isForAdminsOfTheRootTenantAlone() {
    var path = PATH + "/" + create().at("/webhook/id");
    var member = feature.platform.as(new Membership(feature.root, Role.USER, true));
    var owner = feature.platform.as(Ids.next(), Role.OWNER);
    for (var stranger : List.of(member, owner)) {
      assertThat(stranger.get(PATH).status()).isEqualTo(403);
      assertThat(stranger.get(path).status()).isEqualTo(403);
      assertThat(stranger.post(PATH, draft("http://127.0.0.1/")).status()).isEqualTo(403);
      assertThat(stranger.post(path + "/test", null).status()).isEqualTo(403);
    }
    assertThat(feature.platform.anonymous().get(PATH).status()).isEqualTo(401);
  }
}
