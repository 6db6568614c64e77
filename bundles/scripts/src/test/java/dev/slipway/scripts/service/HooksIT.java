package dev.slipway.scripts.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptTrigger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What makes scripts run, end to end in the process. */
class HooksIT {
  static ScriptsPlatform feature;

  @BeforeAll
  static void start() {
    feature = new ScriptsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  private static StoredEvent event(UUID tenant, String type) {
    return new StoredEvent(
        Ids.next(), "1", type, tenant, Ids.next(), Instant.now(), Map.of("name", "shop"));
  }

  private static String latest(dev.slipway.testkit.TestClient client, UUID script, String pointer) {
    return client
        .get("/api/scripts/" + script + "/executions?limit=1")
        .at("/executions/0" + pointer);
  }

  private static int runs(dev.slipway.testkit.TestClient client, UUID script) {
    return client.get("/api/scripts/" + script + "/executions").json().path("executions").size();
  }

  @Test
  void hearsTheEventsThatItsFilterLetsPassOnceEach() {
    var tenant = Ids.next();
    var admin = feature.admin(tenant);
    var id =
        feature.script(
            admin,
            Map.of(
                "name",
                "listener",
                "hook",
                "event.listener",
                "filter",
                Map.of("types", List.of("apps.*")),
                "source",
                "export default async (event, api) => { await api.notes.add(event.type + ' ' + event.data.name); return 1 }"));
    var intake = new EventIntake(feature.database, feature.attachments, feature.queue);
    ScriptsPlatform.eventually(
        () -> feature.attachments.at(tenant, "event.listener"), "the script is known");
    var created = event(tenant, "apps.app.created");
    intake.on(created);
    intake.on(created);
    intake.on(event(tenant, "deployments.deployment.live"));
    intake.on(event(tenant, "scripts.script.updated"));
    intake.on(event(Ids.next(), "apps.app.created"));
    feature.runQueued();
    assertThat(runs(admin, id)).isEqualTo(1);
    assertThat(latest(admin, id, "/status")).isEqualTo("succeeded");
    assertThat(latest(admin, id, "/trigger/type")).isEqualTo("event");
    assertThat(latest(admin, id, "/trigger/id")).isEqualTo(created.id().toString());
    assertThat(latest(admin, id, "/effects/0/outcome")).isEqualTo("done");
    assertThat(feature.notes.notes).contains("apps.app.created shop");
  }

  @Test
  void runsAtItsTimes() {
    var tenant = Ids.next();
    var admin = feature.admin(tenant);
    var id =
        feature.script(
            admin,
            Map.of(
                "name",
                "nightly",
                "hook",
                "schedule",
                "filter",
                Map.of("cron", "30 4 * * *", "time_zone", "Europe/Berlin"),
                "source",
                "export default event => event.scheduled_at"));
    var due = Instant.parse(admin.get("/api/scripts/" + id).at("/script/next_run_at"));
    assertThat(due).isAfter(Instant.now());
    new Schedule(feature.database, feature.queue, () -> due.minusSeconds(1)).run();
    feature.runQueued();
    assertThat(runs(admin, id)).isZero();
    var job = new Schedule(feature.database, feature.queue, () -> due.plusSeconds(1));
    job.run();
    job.run();
    feature.runQueued();
    assertThat(runs(admin, id)).isEqualTo(1);
    assertThat(latest(admin, id, "/result")).isEqualTo(due.toString());
    var next = Instant.parse(admin.get("/api/scripts/" + id).at("/script/next_run_at"));
    assertThat(Duration.between(due, next)).isBetween(Duration.ofHours(23), Duration.ofHours(25));
  }

  @Test
  void receivesWhatIsPostedToItsAddress() {
    var tenant = Ids.next();
    var admin = feature.admin(tenant);
    var id =
        feature.script(
            admin,
            "receiver",
            "webhook.receive",
            "export default async (event, api) => { await api.notes.add('got ' + event.body.action + ' ' + ('authorization' in event.headers)); return null }");
    var url = admin.get("/api/scripts/" + id).at("/script/receive_url");
    var member = feature.platform.as(tenant, dev.slipway.api.Role.USER);
    assertThat(member.get("/api/scripts/" + id).json().at("/script/receive_url").isTextual())
        .isFalse();
    var path = URI.create(url).getPath();
    var anyone = feature.platform.anonymous();
    var accepted =
        anyone
            .with("X-Secret", "x")
            .send(
                "POST",
                path,
                "{\"action\":\"opened\"}".getBytes(StandardCharsets.UTF_8),
                "application/json");
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    feature.runQueued();
    assertThat(latest(admin, id, "/status")).isEqualTo("succeeded");
    assertThat(latest(admin, id, "/trigger/type")).isEqualTo("webhook");
    assertThat(feature.notes.notes).contains("got opened false");
    assertThat(anyone.post(path + "x", Map.of()).status()).isEqualTo(404);
    admin.patch("/api/scripts/" + id, Map.of("enabled", false));
    assertThat(anyone.post(path, Map.of()).status()).isEqualTo(404);
  }

  @Test
  void decidesForAFeatureThatAsks() throws Exception {
    var tenant = Ids.next();
    var admin = feature.admin(tenant);
    assertThat(feature.attached.attached(tenant, "alert.condition")).isFalse();
    var condition =
        feature.script(
            admin,
            "condition",
            "alert.condition",
            "export default ({ series }) => ({ firing: series[0].points.at(-1)[1] > 90, value: series[0].points.at(-1)[1] })");
    ScriptsPlatform.eventually(
        () -> feature.attached.attached(tenant, "alert.condition"), "the script is known");
    var event = feature.registry.require("alert.condition").sample();
    var run =
        feature.attached.runOne(tenant, condition, event, new ScriptTrigger("alert", "rule-1"));
    assertThat(run.status()).as(String.valueOf(run.fault())).isEqualTo(Status.SUCCEEDED);
    assertThat(run.result()).isEqualTo(Map.of("firing", true, "value", 92.25));
    assertThat(
            feature.attached.run(tenant, "alert.condition", event, new ScriptTrigger("alert", "1")))
        .hasSize(1);

    feature.script(
        admin,
        "remedy",
        "remediation.action",
        "export default async (event, api) => { await api.notes.add('remedy'); return { outcome: 'done' } }");
    ScriptsPlatform.eventually(
        () -> feature.attached.attached(tenant, "remediation.action"), "the script is known");
    var remedies =
        feature.attached.run(
            tenant,
            "remediation.action",
            feature.registry.require("remediation.action").sample(),
            new ScriptTrigger("incident", "1"));
    assertThat(remedies).singleElement().satisfies(it -> assertThat(it.succeeded()).isTrue());
    assertThatThrownBy(
            () ->
                feature.attached.run(
                    tenant, "remediation.action", Map.of(), new ScriptTrigger("incident", "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void changeIsKnownToTheVeryNextRun() throws Exception {
    var tenant = Ids.next();
    var admin = feature.admin(tenant);
    var path = "/api/scripts/";
    var id = feature.script(admin, "changing", "remediation.action", saying("one"));
    assertThat(said(tenant, id)).isEqualTo("one");
    admin.patch(path + id, Map.of("source", saying("two")));
    assertThat(said(tenant, id)).isEqualTo("two");
    admin.post(path + id + "/versions/1/activate", Map.of());
    assertThat(said(tenant, id)).isEqualTo("one");
    admin.patch(path + id, Map.of("enabled", false));
    assertThat(feature.attached.attached(tenant, "remediation.action")).isFalse();
    assertThatThrownBy(() -> said(tenant, id)).isInstanceOf(PlatformException.class);
    admin.patch(path + id, Map.of("enabled", true));
    assertThat(said(tenant, id)).isEqualTo("one");
    assertThatThrownBy(() -> said(Ids.next(), id)).isInstanceOf(PlatformException.class);

    var known = feature.attachments.find(tenant, id).orElseThrow();
    admin.delete(path + id);
    assertThatThrownBy(() -> said(tenant, id)).isInstanceOf(PlatformException.class);
    var added =
        feature.database.write(
            Scope.tenant(tenant),
            () -> feature.queue.add(known, Map.of(), new ScriptTrigger("event", "late")));
    assertThat(added).isTrue();
    assertThat(feature.queuedRuns.claim(100))
        .noneMatch(claimed -> claimed.trigger().tenantId().equals(tenant));
  }

  private static String saying(String text) {
    return "export default () => ({ outcome: 'done', message: '%s' })".formatted(text);
  }

  private static Object said(UUID tenant, UUID script) throws InterruptedException {
    var event = feature.registry.require("remediation.action").sample();
    var run = feature.attached.runOne(tenant, script, event, new ScriptTrigger("test", "1"));
    return ((Map<?, ?>) run.result()).get("message");
  }

  @Test
  void fetchesFromHostsOnTheTenantsListAlone() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      var admin = feature.admin(Ids.next());
      var id =
          feature.script(
              admin,
              "fetcher",
              "remediation.action",
              """
              export default async (event, api) => {
                try {
                  const answer = await api.fetch('http://127.0.0.1:%d/');
                  return { outcome: 'done', message: answer.status + ' ' + answer.body };
                } catch (e) {
                  return { outcome: 'escalate', message: e.code };
                }
              }
              """
                  .formatted(server.getAddress().getPort()));
      var refused = admin.post("/api/scripts/" + id + "/run", Map.of());
      assertThat(refused.at("/execution/result/message"))
          .as(refused.text())
          .isEqualTo("script.host-not-allowed");
      var settings = admin.put("/api/script-settings", Map.of("fetch_hosts", List.of("127.0.0.1")));
      assertThat(settings.status()).as(settings.text()).isEqualTo(200);
      var allowed = admin.post("/api/scripts/" + id + "/run", Map.of());
      assertThat(allowed.at("/execution/result/message")).isEqualTo("200 hello");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void forgetsOldExecutions() {
    var admin = feature.admin(Ids.next());
    var id =
        feature.script(
            admin, "kept", "remediation.action", "export default () => ({ outcome: 'done' })");
    for (var i = 0; i < 3; i++) {
      admin.post("/api/scripts/" + id + "/run", Map.of());
    }
    new ExecutionRetention(feature.database, java.time.InstantSource.system(), 2).run();
    assertThat(runs(admin, id)).isEqualTo(2);
    new ExecutionRetention(
            feature.database,
            () -> Instant.now().plus(ExecutionRetention.KEPT).plusSeconds(60),
            1000)
        .run();
    assertThat(runs(admin, id)).isZero();
  }
}
