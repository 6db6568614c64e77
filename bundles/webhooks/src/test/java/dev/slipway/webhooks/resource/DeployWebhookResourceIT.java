package dev.slipway.webhooks.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import dev.slipway.webhooks.service.SecureReceiver;
import dev.slipway.webhooks.service.WebhooksPlatform;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployWebhookResourceIT {
  static final String PATH = "/api/deploy-webhooks";
  static final String URL = "https://127.0.0.1:9/hook";
  static SecureReceiver receiver;
  static WebhooksPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    // First of all: it is what makes the platform trust the receiver's certificate.
    receiver = SecureReceiver.trusted(folder);
    feature = new WebhooksPlatform();
    feature.platform.register(
        new DeployWebhookResource(feature.endpoints, feature.deliveries),
        new DeployWebhookDeliveryResource(feature.deliveries),
        new DeployEventTypeResource());
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
    receiver.close();
  }

  Answer create(String url) {
    return member.post(PATH, Map.of("url", url, "events", List.of("deploy.succeeded")));
  }

  @Test
  void addsAndShowsADeployWebhook() {
    var app = Ids.next();
    feature.apps.add(tenant, app);
    var made =
        member.post(
            PATH,
            Map.of("name", "chat", "url", URL, "events", List.of("deploy.failed"), "appId", app));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("webhook", "secret");
    assertThat(made.json().get("webhook").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "url",
            "events",
            "paused",
            "appId",
            "secretPreview",
            "createdBy",
            "lastDeliveryAt",
            "lastDeliveryStatus",
            "createdAt",
            "updatedAt");
    assertThat(made.at("/webhook/paused")).isEqualTo("false");
    assertThat(made.at("/webhook/appId")).isEqualTo(app.toString());
    assertThat(made.at("/secret")).startsWith("whsec_").endsWith(made.at("/webhook/secretPreview"));

    var got = member.get(PATH + "/" + made.at("/webhook/id"));
    assertThat(got.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("webhook", "deliveries");
    assertThat(got.json().get("webhook")).isEqualTo(made.json().get("webhook"));
    assertThat(got.text()).doesNotContain(made.at("/secret"));
  }

  @Test
  void pagesThroughThem() {
    IntStream.range(0, 3).forEach(n -> create(URL));
    var page = member.get(PATH + "?page=2&perPage=2");
    assertThat(page.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("webhooks", "total", "page", "perPage");
    assertThat(page.at("/total")).isEqualTo("3");
    assertThat(page.json().get("webhooks")).hasSize(1);
    assertThat(member.get(PATH).at("/perPage")).isEqualTo("20");
    for (var query : List.of("page=0", "perPage=0", "perPage=101", "page=x", "page=99999999999")) {
      assertThat(member.get(PATH + "?" + query).status()).as(query).isIn(400, 404);
    }
    assertThat(member.get(PATH + "?page=1000000&perPage=100").status()).isEqualTo(200);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThat(member.post(PATH, Map.of()).fields()).containsExactlyInAnyOrder("url", "events");
    for (var url : List.of("http://127.0.0.1/", "https://10.0.0.1/", "https://localhost/", "a")) {
      var refused = create(url);
      assertThat(refused.status()).as(url).isEqualTo(400);
      assertThat(refused.fields()).containsExactly("url");
    }
    assertThat(member.post(PATH, Map.of("url", URL, "events", List.of("tenant.created"))).fields())
        .containsExactly("events");
    var foreign = Ids.next();
    feature.apps.add(Ids.next(), foreign);
    var body = Map.of("url", URL, "events", List.of("deploy.queued"), "appId", foreign);
    var refused = member.post(PATH, body);
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.fields()).containsExactly("appId");
  }

  @Test
  void changesWhatIsSent() {
    var made = create(URL);
    var path = PATH + "/" + made.at("/webhook/id");
    var paused = member.patch(path, Map.of("paused", true, "name", "quiet"));
    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.at("/webhook/paused")).isEqualTo("true");
    assertThat(paused.at("/webhook/name")).isEqualTo("quiet");
    assertThat(paused.at("/webhook/url")).isEqualTo(URL);
    var other = member.patch(path, Map.of("events", List.of("deploy.failed"), "url", URL + "2"));
    assertThat(other.at("/webhook/events/0")).isEqualTo("deploy.failed");
    assertThat(other.at("/webhook/paused")).isEqualTo("true");
    assertThat(member.patch(path, Map.of("events", List.of())).fields()).containsExactly("events");
    assertThat(member.patch(path, Map.of("url", "https://[::1]/")).fields()).containsExactly("url");
    for (var field : List.of("url", "events", "paused")) {
      var nulled = new HashMap<String, Object>(Collections.singletonMap(field, null));
      assertThat(member.patch(path, nulled).fields()).containsExactly(field);
    }
    assertThat(member.patch(path, Map.of("appId", Ids.next())).status()).isEqualTo(400);
  }

  @Test
  void deliversOverTlsAndTellsHowItWent() {
    var made = create(receiver.url());
    var path = PATH + "/" + made.at("/webhook/id");
    var tested = member.post(path + "/test", null);
    assertThat(tested.at("/delivery/responseCode")).isEqualTo("200");
    assertThat(tested.at("/delivery/eventType")).isEqualTo("deploy.succeeded");

    var deployment = Ids.next();
    feature.intake.on(
        WebhooksPlatform.event(
            "deployments.deployment.succeeded",
            tenant,
            deployment,
            Map.of("app_id", Ids.next().toString(), "deployment_id", deployment.toString())));
    feature.delivering(() -> receiver.await(2));
    var after = member.get(path);
    assertThat(after.at("/webhook/lastDeliveryStatus")).isEqualTo("success");
    assertThat(after.at("/webhook/lastDeliveryAt")).isNotEmpty();
    assertThat(after.json().get("deliveries")).hasSize(2);
    assertThat(after.at("/deliveries/0/payload")).contains(deployment.toString());
    var delivery = path + "/deliveries/" + after.at("/deliveries/0/id");
    assertThat(member.get(delivery).at("/status")).isEqualTo("succeeded");
    assertThat(member.post(delivery + "/replay", null).status()).isEqualTo(202);
    assertThat(member.get(path + "/deliveries").at("/total")).isEqualTo("3");
    assertThat(stranger.get(delivery).status()).isEqualTo(404);
    assertThat(stranger.post(delivery + "/replay", null).status()).isEqualTo(404);
  }

  @Test
  void rotatesWithAndWithoutGrace() {
    var path = PATH + "/" + create(URL).at("/webhook/id") + "/regenerate-secret";
    assertThat(member.post(path, null).at("/secret")).startsWith("whsec_");
    assertThat(member.post(path + "?graceSeconds=86400", null).status()).isEqualTo(200);
    assertThat(member.post(path + "?graceSeconds=x", null).status()).isIn(400, 404);
  }

  @Test
  void removesOne() {
    var path = PATH + "/" + create(URL).at("/webhook/id");
    assertThat(member.delete(path).status()).isEqualTo(204);
    assertThat(member.delete(path).status()).isEqualTo(404);
    assertThat(member.get(path).status()).isEqualTo(404);
  }

  @Test
  void listsTheEventTypes() {
    var types = member.get("/api/deploy-webhook-event-types");
    assertThat(types.json().get("eventTypes")).hasSize(9);
    assertThat(types.at("/eventTypes/0/type")).isEqualTo("deploy.queued");
  }

  @Test
  void strangersAndTheNamelessGetNothing() {
    var path = PATH + "/" + create(URL).at("/webhook/id");
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.patch(path, Map.of("paused", true)).status()).isEqualTo(404);
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(stranger.post(path + "/test", null).status()).isEqualTo(404);
    assertThat(stranger.post(path + "/regenerate-secret", null).status()).isEqualTo(404);
    assertThat(stranger.get(path + "/deliveries").status()).isEqualTo(404);
    assertThat(stranger.get(PATH).at("/total")).isEqualTo("0");
    assertThat(feature.platform.anonymous().get(PATH).status()).isEqualTo(401);
    assertThat(feature.platform.anonymous().get("/api/deploy-webhook-event-types").status())
        .isEqualTo(401);
  }
}
