package dev.slipway.apps.resource.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.apps.resource.environment.EnvironmentResource;
import dev.slipway.apps.resource.runtime.ProcessResource;
import dev.slipway.apps.resource.runtime.ReleaseHookResource;
import dev.slipway.apps.resource.runtime.RuntimeResource;
import dev.slipway.apps.resource.variable.EnvVarResource;
import dev.slipway.apps.resource.variable.EnvironmentVariableResource;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppFileResourceIT {
  private static final String SECRET = "s3cr3t-of-nobody";

  private static final String TEMPLATE =
      """
      version: 1
      app:
        slug: shop
        name: Shop
      source:
        source_type: git
        repository_url: https://git.example.com/shop.git
        branch: trunk
      build:
        build_command: make
      run:
        port: 8080
        health_check_path: /healthz
        replicas: 2
      limits:
        cpu_cores: 0.5
        memory_mb: 256
      variables:
        GREETING: hello
        LEVEL:
          value: debug
          stage_bindings: [staging]
          phases: [run]
          description: How much is said
        PASSWORD:
          is_secret: true
      environments:
        staging:
          name: Staging
          stage: staging
          branch: develop
          hostname: HOST
          auto_deploy: true
          variables:
            GREETING: hello from staging
        live:
          name: Live
          stage: production
          promotes_from: staging
          is_protected: true
      """;

  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final String host = "staging-" + tenant + ".example.com";
  final String shop = TEMPLATE.replace("HOST", host);
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new AppFileResource(feature.files),
        new EnvVarResource(feature.variables),
        new EnvironmentResource(feature.environments),
        new EnvironmentVariableResource(feature.environmentVariables),
        new ProcessResource(feature.processes),
        new ReleaseHookResource(feature.hooks),
        new RuntimeResource(feature.runtime));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  static Answer send(TestClient client, String path, String file) {
    return client.send("POST", path, file.getBytes(StandardCharsets.UTF_8), "application/yaml");
  }

  Answer plan(String file) {
    return send(member, "/api/apps/plan", file);
  }

  JsonNode planned(String file) {
    var plan = plan(file);
    assertThat(plan.status()).as(plan.text()).isEqualTo(200);
    return plan.json();
  }

  Answer apply(String file, String fingerprint) {
    return send(member, "/api/apps/apply?fingerprint=" + fingerprint, file);
  }

  /** Plans, and applies what was planned. */
  JsonNode applied(String file) {
    var done = apply(file, planned(file).path("fingerprint").asText());
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    return done.json();
  }

  static List<String> changes(JsonNode answer) {
    var changes = new ArrayList<String>();
    answer
        .path("changes")
        .forEach(
            change ->
                changes.add(change.path("action").asText() + " " + change.path("path").asText()));
    return changes;
  }

  String export(String app) {
    var file = member.get("/api/apps/" + app + "/export");
    assertThat(file.status()).as(file.text()).isEqualTo(200);
    assertThat(file.header("Content-Type")).contains("application/yaml");
    return file.text();
  }

  List<StoredEvent> events() {
    return feature
        .platform
        .events()
        .after(Scope.tenant(tenant), new EventFilter(Set.of(), null), null, 1000);
  }

  @Test
  void aFileMakesAnAppAndThenChangesNothingMore() {
    var plan = planned(shop);
    assertThat(plan.path("app").asText()).isEqualTo("shop");
    assertThat(plan.path("app_id").isNull()).isTrue();
    assertThat(changes(plan)).contains("add app", "add run", "add environments", "add limits");
    assertThat(plan.path("values_needed"))
        .extracting(JsonNode::asText)
        .containsExactly("variables.PASSWORD");
    assertThat(member.get("/api/apps").at("/total")).as("planning changes nothing").isEqualTo("0");
    assertThat(events()).isEmpty();

    var done = apply(shop, plan.path("fingerprint").asText());
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(changes(done.json())).isEqualTo(changes(plan));
    var app = member.get("/api/apps/" + done.at("/app_id"));
    assertThat(app.at("/app/branch")).isEqualTo("trunk");
    assertThat(app.at("/app/replicas")).isEqualTo("2");
    var environments = member.get("/api/apps/" + done.at("/app_id") + "/environments");
    assertThat(environments.at("/environments/0/hostname")).isEqualTo(host);
    assertThat(environments.at("/environments/1/promotes_from_id"))
        .isEqualTo(environments.at("/environments/0/id"));

    var said = events().size();
    var again = planned(shop);
    assertThat(changes(again)).isEmpty();
    assertThat(again.path("app_id").asText()).isEqualTo(done.at("/app_id"));
    assertThat(changes(applied(shop))).isEmpty();
    assertThat(events()).as("applied once more, nothing happens").hasSize(said);
  }

  @Test
  void whatIsExportedIsAppliedWithoutAChange() {
    var id = applied(shop).path("app_id").asText();
    var file = export(id);
    assertThat(changes(planned(file))).isEmpty();
    assertThat(file)
        .contains("GREETING: hello\n")
        .contains("promotes_from: staging")
        .doesNotContain("PASSWORD");
    var copy = file.replace("slug: shop", "slug: copy").replace(host, "copy-" + host);
    var other = applied(copy).path("app_id").asText();
    assertThat(export(other)).isEqualTo(copy);
  }

  @Test
  void secretsAreNamedAndKeepTheirValues() {
    var id = applied(shop).path("app_id").asText();
    var variables = "/api/apps/" + id + "/env-vars";
    var body = Map.of("key", "PASSWORD", "value", SECRET, "is_secret", true);
    var secret = member.post(variables, body).at("/env_var/id");
    assertThat(planned(shop).path("values_needed")).isEmpty();
    var bound =
        shop.replace("is_secret: true", "is_secret: true\n    stage_bindings: [production]");
    var done = applied(bound);
    assertThat(changes(done)).containsExactly("add variables.PASSWORD.stage_bindings");
    assertThat(export(id)).contains("PASSWORD").doesNotContain(SECRET);
    assertThat(member.post(variables + "/" + secret + "/reveal", null).at("/value"))
        .isEqualTo(SECRET);

    var withValue = shop.replace("is_secret: true", "is_secret: true\n    value: " + SECRET);
    assertThat(plan(withValue).fields()).containsExactly("variables.PASSWORD.value");
    assertThat(plan(withValue).text()).doesNotContain(SECRET);
    var hidden = shop.replace("GREETING: hello\n", "GREETING: {is_secret: true}\n");
    var became = applied(hidden);
    assertThat(changes(became)).contains("change variables.GREETING");
    assertThat(became.path("values_needed")).as("it keeps its value").isEmpty();
    assertThat(plan(shop).status()).as("in clear again, with a value of the file").isEqualTo(200);
  }

  @Test
  void processesComeGoAndAreScaled() {
    var processes =
        """
        processes:
          worker:
            command: bin/worker --queue mail
            replicas: 2
          clock: {command: bin/clock}
        """;
    var id = applied(shop + processes).path("app_id").asText();
    var there = member.get("/api/apps/" + id + "/processes");
    assertThat(there.at("/processes/0/replicas")).isEqualTo("1");
    assertThat(there.at("/processes/1/command")).isEqualTo("bin/worker --queue mail");
    assertThat(changes(planned(export(id)))).isEmpty();
    var other =
        processes.replace("replicas: 2", "replicas: 0").replaceAll("(?m)^ {2}clock.*\\n", "");
    assertThat(changes(applied(shop + other)))
        .containsExactlyInAnyOrder("change processes.worker.replicas", "remove processes.clock");
    assertThat(changes(planned(shop))).as("a section that is not there").isEmpty();
    var web = plan(shop + "processes: {web: {command: bin/web}}\n");
    assertThat(web.fields()).containsExactly("processes.web.name");
    assertThat(plan(shop + "processes: {worker: {}}\n").status()).isEqualTo(400);
  }

  @Test
  void driftSincePlanningIsRefused() {
    var id = applied(shop).path("app_id").asText();
    var wanted = shop.replace("replicas: 2", "replicas: 3");
    var plan = planned(wanted);
    assertThat(changes(plan)).containsExactly("change run.replicas");
    assertThat(plan.at("/changes/0/from").asInt()).isEqualTo(2);
    assertThat(plan.at("/changes/0/to").asInt()).isEqualTo(3);
    member.patch("/api/apps/" + id, Map.of("port", 9090));
    var late = apply(wanted, plan.path("fingerprint").asText());
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.at("/code")).isEqualTo("apps.file.drifted");
    assertThat(member.get("/api/apps/" + id).at("/app/replicas")).isEqualTo("2");
    assertThat(changes(planned(wanted)))
        .as("the drift is shown")
        .containsExactly("change run.port", "change run.replicas");
    assertThat(changes(applied(wanted))).hasSize(2);
    var none = send(member, "/api/apps/apply", wanted);
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.fields()).containsExactly("fingerprint");
  }

  @Test
  void aSectionSaysAllOfItAndOneThatIsNotThereNothing() {
    applied(shop);
    var some = "version: 1\napp: {slug: shop, name: Shop}\nrun: {port: 8080}\nvariables: {}\n";
    assertThat(changes(applied(some)))
        .containsExactly(
            "change run.health_check_path",
            "change run.replicas",
            "remove variables.GREETING",
            "remove variables.LEVEL");
    assertThat(changes(planned("version: 1\napp: {slug: shop, name: Shop}\n"))).isEmpty();
  }

  @Test
  void environmentsComeGoAndChangeDirection() {
    var id = applied(shop.replace("is_protected: true", "is_protected: false")).path("app_id");
    var turned =
        """
        version: 1
        app: {slug: shop, name: Shop}
        environments:
          live: {name: Live, stage: production, variables: {A: x}}
          staging: {name: Staging, stage: staging, promotes_from: live}
          fresh: {name: Fresh, promotes_from: staging}
        """;
    assertThat(changes(applied(turned)))
        .contains(
            "remove environments.live.promotes_from",
            "add environments.live.variables.A",
            "add environments.staging.promotes_from",
            "remove environments.staging.variables.GREETING",
            "add environments.fresh");
    assertThat(changes(planned(turned))).isEmpty();
    var left =
        turned
            .replaceAll("(?m)^ {2}(live|staging).*\\n", "")
            .replace(", promotes_from: staging", "");
    assertThat(changes(applied(left)))
        .containsExactly(
            "remove environments.staging",
            "remove environments.live",
            "remove environments.fresh.promotes_from");
    var preview = Map.of("name", "PR 7", "stage", "preview");
    member.post("/api/apps/" + id.asText() + "/environments", preview);
    assertThat(changes(planned(left))).as("previews are no matter of the file").isEmpty();
    assertThat(export(id.asText())).doesNotContain("PR 7");
  }

  @Test
  void conflictsAreFoundBeforeAnythingIsDone() {
    applied(shop.replace("slug: shop", "slug: first"));
    var second = shop.replace("slug: shop", "slug: second").replace("replicas: 2", "replicas: 5");
    var plan = planned(second);
    assertThat(plan.at("/conflicts/0/path").asText()).isEqualTo("environments.staging.hostname");
    assertThat(plan.at("/conflicts/0/code").asText()).isEqualTo("apps.environment.hostname-in-use");
    assertThat(changes(plan))
        .as("of the rest")
        .contains("add run")
        .doesNotContain("add environments.staging");
    var refused = apply(second, plan.path("fingerprint").asText());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.fields()).containsExactly("environments.staging.hostname");
    assertThat(refused.text()).contains("(line ");
    assertThat(member.get("/api/apps?search=second").at("/total"))
        .as("all or nothing")
        .isEqualTo("0");

    var gone = "version: 1\napp: {slug: first, name: Shop}\nenvironments: {}\n";
    assertThat(planned(gone).at("/conflicts/0/code").asText())
        .isEqualTo("apps.environment.protected");
    var nowhere =
        "version: 1\napp: {slug: first, name: Shop}\n"
            + "environments:\n  live: {name: Live, promotes_from: nowhere, is_protected: true}\n"
            + "  staging: {name: Staging}\n";
    assertThat(planned(nowhere).at("/conflicts/0/path").asText())
        .isEqualTo("environments.live.promotes_from");
    var open =
        shop.replace("slug: shop", "slug: first")
            .replace("is_protected: true", "is_protected: false");
    assertThat(planned(open).at("/conflicts/0/code").asText()).isEqualTo("auth.forbidden");
  }

  @Test
  void whatDoesNotFitIsNamedWithItsLine() {
    var bad =
        """
        version: 1
        app:
          slug: No Slug
          name: Shop
        source: {source_type: image}
        run:
          port: 3000
          health_check_path: no-slash
        """;
    var refused = plan(bad);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields())
        .containsExactlyInAnyOrder("app.slug", "source.image", "run.health_check_path");
    assertThat(refused.text()).contains("(line 3)").contains("(line 5)").contains("(line 8)");

    var shape = "version: 2\napp: {slug: shop, name: Shop, color: red}\nrun: {port: 70000}\nx: 1\n";
    assertThat(plan(shape).fields())
        .containsExactlyInAnyOrder("version", "app.color", "run.port", "x");
    assertThat(plan("version: 1\n").fields()).containsExactly("app");
    assertThat(plan("version: 1\napp: {slug: s, name: S}\nvariables: {A: 1}\n").fields())
        .as("a number is no text")
        .containsExactly("variables.A");
    assertThat(plan(shop.replace("GREETING: hello\n", "PORT: '1'\n")).fields())
        .containsExactly("variables.PORT.key");
    assertThat(plan("a: [").at("/code")).isEqualTo("request.malformed");
    var large = "version: 1\n#" + "x".repeat(256 * 1024);
    assertThat(plan(large).status()).isEqualTo(413);
    assertThat(member.post("/api/apps/plan", Map.of()).status()).isEqualTo(415);
  }

  @Test
  void otherTenantsAreNotThere() {
    var id = applied(shop).path("app_id").asText();
    assertThat(stranger.get("/api/apps/" + id + "/export").status()).isEqualTo(404);
    var theirs = send(stranger, "/api/apps/plan", shop.replace(host, "theirs-" + host));
    assertThat(theirs.json().path("app_id").isNull()).isTrue();
    assertThat(theirs.json().path("conflicts")).isEmpty();
  }

  @Test
  void theAuditTellsWhatWasChangedAndNoVariables() {
    applied(shop);
    var wanted =
        shop.replace("replicas: 2", "replicas: 4")
            .replace("GREETING: hello\n", "GREETING: hi you\n");
    var plan = plan(wanted);
    assertThat(feature.platform.audited(plan.header("X-Request-ID").orElseThrow()))
        .containsExactly("apps.file.plan");
    var done = apply(wanted, plan.at("/fingerprint"));
    var details = feature.platform.auditDetails(done.header("X-Request-ID").orElseThrow());
    assertThat(details)
        .contains("\"run.replicas\": 2")
        .contains("\"run.replicas\": 4")
        .contains("\"variables.GREETING\": \"****\"")
        .doesNotContain("hi you");
  }

  @Test
  void theSchemaIsPublishedAndNamesWhatTheOperationsTake() {
    var schema = feature.platform.anonymous().get("/api/apps/file-schema");
    assertThat(schema.status()).isEqualTo(200);
    var document = feature.platform.anonymous().get("/api/docs/openapi.json").json();
    FileShapes.same(schema.json(), "run", document, "/api/apps", "post");
    FileShapes.same(schema.json(), "source", document, "/api/apps", "post");
    FileShapes.same(schema.json(), "build", document, "/api/apps", "post");
    FileShapes.same(schema.json(), "limits", document, "/api/apps/{appId}/resource-limits", "put");
    var process = schema.json().at("/properties/processes/additionalProperties/properties");
    assertThat(process.at("/command/maxLength").asInt()).isEqualTo(4096);
    assertThat(process.at("/replicas/maximum").asInt()).isEqualTo(20);
    FileShapes.same(schema.json(), "release", document, "/api/apps/{appId}/release-hook", "put");
  }
}
