package dev.slipway.apps.resource.variable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.apps.resource.project.ProjectResource;
import dev.slipway.testkit.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppVariableResourceIT {
  static final String SECRET = "hunter2-hunter2-hunter2";
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient admin = feature.platform.as(tenant, Role.ADMIN);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  String app;
  String project;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new AppVariableResource(feature.variables),
        new EnvVarResource(feature.variables),
        new ProjectEnvVarResource(feature.projectVariables),
        new ProjectResource(feature.projects));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anAppInAProject() {
    var made = member.post("/api/projects", Map.of("name", "shop"));
    project = "/api/projects/" + made.at("/project/id");
    var body = Map.of("name", "app", "source_type", "git", "project_id", made.at("/project/id"));
    app = "/api/apps/" + member.post("/api/apps", body).at("/app/id");
  }

  static Map<String, Object> entry(String key, String value) {
    return Map.of("key", key, "value", value);
  }

  static Map<String, Object> secret(String key, String value) {
    return Map.of("key", key, "value", value, "is_secret", true);
  }

  @Test
  void manyAreAddedInOneCallAndThoseThatAreThereSkipped() {
    member.post(app + "/env-vars", entry("A", "old"));
    var answer =
        member.post(
            app + "/env-vars-bulk",
            Map.of("variables", List.of(entry("A", "new"), entry("B", "2"), secret("C", SECRET))));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.at("/created")).isEqualTo("2");
    assertThat(answer.at("/updated")).isEqualTo("0");
    assertThat(answer.at("/skipped")).isEqualTo("1");
    assertThat(answer.json().get("env_vars")).hasSize(3);
    assertThat(answer.text()).doesNotContain(SECRET);
    assertThat(member.get(app + "/env-vars").at("/env_vars/0/value")).isEqualTo("old");
  }

  @Test
  void overwritingKeepsWhatTheCallDoesNotName() {
    member.post(
        app + "/env-vars",
        Map.of(
            "key", "A", "value", "one", "is_secret", true, "stage_bindings", List.of("staging")));
    var answer =
        member.post(
            app + "/env-vars-bulk",
            Map.of("variables", List.of(entry("A", SECRET)), "overwrite", true));
    assertThat(answer.at("/updated")).isEqualTo("1");
    assertThat(answer.at("/env_vars/0/is_secret")).isEqualTo("true");
    assertThat(answer.at("/env_vars/0/stage_bindings/0")).isEqualTo("staging");
    assertThat(answer.at("/env_vars/0/version")).isEqualTo("2");
    var id = answer.at("/env_vars/0/id");
    assertThat(member.post(app + "/env-vars/" + id + "/reveal", null).at("/value"))
        .isEqualTo(SECRET);
  }

  @Test
  void namesEveryFaultOfManyAndChangesNothing() {
    var answer =
        member.post(
            app + "/env-vars-bulk",
            Map.of("variables", List.of(entry("A", "1"), entry("1B", "2"), entry("A", "3"))));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).containsExactly("variables.1.key", "variables.2.key");
    assertThat(member.post(app + "/env-vars-bulk", Map.of("variables", List.of())).status())
        .isEqualTo(400);
    var many = new ArrayList<Map<String, Object>>();
    for (var n = 0; n < 501; n++) {
      many.add(entry("A" + n, ""));
    }
    assertThat(member.post(app + "/env-vars-bulk", Map.of("variables", many)).status())
        .isEqualTo(400);
    member.post(app + "/env-vars", entry("FIRST", ""));
    assertThat(
            member.post(app + "/env-vars-bulk", Map.of("variables", many.subList(0, 500))).status())
        .as("500 with the one that is there are 501")
        .isEqualTo(422);
    assertThat(member.get(app + "/env-vars").json().get("env_vars")).hasSize(1);
  }

  @Test
  void aReadOfASecretIsWrittenDownWithWhoAndWhence() {
    var made = member.post(app + "/env-vars", secret("PASSWORD", SECRET));
    var path = app + "/env-vars/" + made.at("/env_var/id");
    var shown = member.with("User-Agent", "curl/8").post(path + "/reveal", null);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().fieldNames()).toIterable().containsExactly("id", "key", "value");
    assertThat(shown.at("/value")).isEqualTo(SECRET);
    var request = shown.header("X-Request-ID").orElseThrow();
    assertThat(feature.platform.audited(request)).containsExactly("apps.env-var.reveal");
    assertThat(feature.platform.auditDetails(request))
        .contains("secret_read", "PASSWORD")
        .doesNotContain(SECRET);

    var reads = admin.get(path + "/reads");
    assertThat(reads.status()).isEqualTo(200);
    assertThat(reads.text()).doesNotContain(SECRET);
    assertThat(reads.at("/entries/0/action")).isEqualTo("secret_read");
    assertThat(reads.at("/entries/0/user_id")).isEqualTo(member.userId().toString());
    assertThat(reads.at("/entries/0/key")).isEqualTo("PASSWORD");
    assertThat(reads.at("/entries/0/scope")).isEqualTo("app");
    assertThat(reads.at("/entries/0/user_agent")).isEqualTo("curl/8");
    assertThat(reads.at("/entries/0/request_id")).isEqualTo(request);
    assertThat(reads.at("/entries/0/ip")).isNotEmpty();
    assertThat(feature.platform.secrets().mask("it is " + SECRET)).doesNotContain(SECRET);
  }

  @Test
  void aRepeatedRevealIsShownAndWrittenDownAgainAndKeptNowhere() {
    var made = member.post(app + "/env-vars", secret("PASSWORD", SECRET));
    var path = app + "/env-vars/" + made.at("/env_var/id");
    var careful = member.with("Idempotency-Key", Ids.next().toString());
    for (var time = 0; time < 2; time++) {
      var shown = careful.post(path + "/reveal", null);
      assertThat(shown.at("/value")).isEqualTo(SECRET);
      assertThat(shown.header("Idempotent-Replayed")).isEmpty();
    }
    assertThat(admin.get(path + "/reads").json().get("entries")).hasSize(2);
  }

  @Test
  void readsAreForAdminsAndComeNewestFirst() {
    var made = member.post(app + "/env-vars", entry("A", "1"));
    var path = app + "/env-vars/" + made.at("/env_var/id");
    member.post(path + "/reveal", null);
    var last = admin.post(path + "/reveal", null);
    assertThat(member.get(path + "/reads").status()).isEqualTo(403);
    var reads = admin.get(path + "/reads?limit=1");
    assertThat(reads.json().get("entries")).hasSize(1);
    assertThat(reads.at("/entries/0/request_id"))
        .isEqualTo(last.header("X-Request-ID").orElseThrow());
    assertThat(admin.get(path + "/reads?limit=201").status()).isEqualTo(400);
  }

  @Test
  void theAppLayerShowsWhereEachValueComesFrom() {
    member.post(project + "/env-vars", entry("SHARED", "project"));
    member.post(project + "/env-vars", entry("BOTH", "project"));
    member.post(app + "/env-vars", secret("BOTH", SECRET));
    var layer = member.get(app + "/env");
    assertThat(layer.status()).isEqualTo(200);
    assertThat(layer.text()).doesNotContain(SECRET);
    assertThat(layer.json().get("variables")).hasSize(2);
    assertThat(layer.at("/variables/0/key")).isEqualTo("BOTH");
    assertThat(layer.at("/variables/0/source")).isEqualTo("app");
    assertThat(app).endsWith(layer.at("/variables/0/source_id"));
    assertThat(layer.at("/variables/0/overrides/0")).isEqualTo("project");
    assertThat(layer.json().at("/variables/0/value").isNull()).isTrue();
    assertThat(layer.at("/variables/1/value")).isEqualTo("project");
    assertThat(layer.at("/variables/1/source")).isEqualTo("project");
  }

  @Test
  void buildAndRunScopesAreApart() {
    var both = Map.of("key", "A", "value", "1", "phases", List.of("run", "build"));
    assertThat(member.post(app + "/env-vars", both).json().at("/env_var/phases")).hasSize(2);
    var leak = Map.of("key", "B", "value", SECRET, "is_secret", true, "phases", List.of("build"));
    var refused = member.post(app + "/env-vars", leak);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("phases");
  }

  @Test
  void variablesOfAProjectAreKeptLikeThoseOfAnApp() {
    var made = member.post(project + "/env-vars", secret("PASSWORD", SECRET));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/env_var/scope")).isEqualTo("project");
    assertThat(project).endsWith(made.at("/env_var/scope_id"));
    assertThat(made.text()).doesNotContain(SECRET);
    assertThat(member.post(project + "/env-vars", entry("PASSWORD", "2")).status()).isEqualTo(409);
    var one = project + "/env-vars/" + made.at("/env_var/id");
    assertThat(member.post(one + "/reveal", null).at("/value")).isEqualTo(SECRET);
    assertThat(member.patch(one, Map.of("is_secret", false)).fields()).containsExactly("is_secret");
    var edited = member.patch(one, Map.of("value", "2", "is_secret", false));
    assertThat(edited.at("/env_var/value")).isEqualTo("2");
    assertThat(member.patch(one, Map.of("description", "why")).status())
        .as("only value, secrecy and stages can be edited")
        .isEqualTo(400);
    assertThat(member.delete(project + "/env-vars/PASSWORD").status()).isEqualTo(204);
    assertThat(member.delete(project + "/env-vars/PASSWORD").status()).isEqualTo(404);
    assertThat(member.get(project + "/env-vars").json().get("env_vars")).isEmpty();
  }

  @Test
  void strangersFindNothing() {
    var ofApp = member.post(app + "/env-vars", entry("A", "1")).at("/env_var/id");
    var ofProject = member.post(project + "/env-vars", entry("A", "1")).at("/env_var/id");
    var many = Map.of("variables", List.of(entry("B", "1")));
    assertThat(stranger.post(app + "/env-vars-bulk", many).status()).isEqualTo(404);
    assertThat(stranger.get(app + "/env").status()).isEqualTo(404);
    assertThat(stranger.post(app + "/env-vars/" + ofApp + "/reveal", null).status()).isEqualTo(404);
    assertThat(stranger.get(app + "/env-vars/" + ofApp + "/reads").status()).isEqualTo(404);
    assertThat(stranger.get(project + "/env-vars").status()).isEqualTo(404);
    assertThat(stranger.post(project + "/env-vars", entry("B", "1")).status()).isEqualTo(404);
    var shared = project + "/env-vars/" + ofProject;
    assertThat(stranger.patch(shared, Map.of("value", "2")).status()).isEqualTo(404);
    assertThat(stranger.post(shared + "/reveal", null).status()).isEqualTo(404);
    assertThat(stranger.delete(project + "/env-vars/A").status()).isEqualTo(404);
    assertThat(member.post(app + "/env-vars/" + ofProject + "/reveal", null).status())
        .as("a variable of the project is none of the app's own")
        .isEqualTo(404);
  }
}
