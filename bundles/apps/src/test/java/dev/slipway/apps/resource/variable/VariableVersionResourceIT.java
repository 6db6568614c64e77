package dev.slipway.apps.resource.variable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.apps.resource.environment.EnvironmentResource;
import dev.slipway.apps.resource.project.ProjectResource;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VariableVersionResourceIT {
  static final String FIRST = "hunter1-hunter1-hunter1";
  static final String SECOND = "hunter2-hunter2-hunter2";
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
        new EnvironmentResource(feature.environments),
        new EnvironmentVariableResource(feature.environmentVariables),
        new ProjectEnvVarResource(feature.projectVariables),
        new ProjectResource(feature.projects),
        new VariableVersionResource(feature.versions));
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

  String add(String owner, String value, boolean secret) {
    var body = Map.of("key", "A", "value", value, "is_secret", secret);
    return member.post(owner + "/env-vars", body).at("/env_var/id");
  }

  static String versions(String id) {
    return "/api/env-vars/" + id + "/versions";
  }

  /** The path of one of them. */
  String version(String id, int number) {
    for (var each : member.get(versions(id)).json().get("versions")) {
      if (each.path("version").asInt() == number) {
        return versions(id) + "/" + each.path("id").asText();
      }
    }
    throw new AssertionError("no version " + number);
  }

  static List<String> each(Answer answer, String member) {
    return answer.json().get("versions").findValuesAsText(member);
  }

  @Test
  void tellsWhoChangedAVariableAndWhenNewestFirst() {
    var id = add(app, "1", false);
    admin.patch(
        app + "/env-vars/" + id, Map.of("value", "2", "stage_bindings", List.of("staging")));
    var history = member.get(versions(id));
    assertThat(history.status()).isEqualTo(200);
    assertThat(each(history, "version")).containsExactly("2", "1");
    assertThat(each(history, "value")).containsExactly("2", "1");
    assertThat(each(history, "origin")).containsExactly("edited", "created");
    assertThat(each(history, "made_by"))
        .containsExactly(admin.userId().toString(), member.userId().toString());
    assertThat(history.at("/versions/0/stage_bindings/0")).isEqualTo("staging");
    assertThat(history.at("/versions/1/made_by_name")).isNotEmpty();
    assertThat(history.at("/versions/1/created_at")).isNotEmpty();
  }

  @Test
  void anEarlierVersionIsBroughtBackAsANewOne() {
    var id = add(app, "1", false);
    var one = app + "/env-vars/" + id;
    member.patch(one, Map.of("value", "2", "stage_bindings", List.of("staging")));
    member.patch(one, Map.of("description", "said later"));
    assertThat(member.with("If-Match", "\"1\"").post(version(id, 1) + "/restore", null).status())
        .isEqualTo(412);
    var restored = member.post(version(id, 1) + "/restore", null);
    assertThat(restored.status()).isEqualTo(200);
    assertThat(restored.at("/env_var/value")).isEqualTo("1");
    assertThat(restored.at("/env_var/version")).isEqualTo("4");
    assertThat(restored.json().at("/env_var/stage_bindings")).isEmpty();
    assertThat(restored.at("/env_var/description")).isEqualTo("said later");
    assertThat(member.get(app + "/env-vars").at("/env_vars/0/value")).isEqualTo("1");
    var history = member.get(versions(id));
    assertThat(history.at("/versions/0/origin")).isEqualTo("restored");
    assertThat(history.at("/versions/0/restored_from")).isEqualTo("1");
    assertThat(member.post(versions(id) + "/" + Ids.next() + "/restore", null).status())
        .isEqualTo(404);
  }

  @Test
  void anEarlierSecretIsShownByTheAuditedRevealAlone() {
    var id = add(app, FIRST, true);
    member.patch(app + "/env-vars/" + id, Map.of("value", SECOND));
    var history = member.get(versions(id));
    assertThat(history.text()).doesNotContain("hunter").doesNotContain("s1.");
    assertThat(history.json().at("/versions/1/value").isNull()).isTrue();
    var shown = member.post(version(id, 1) + "/reveal", null);
    assertThat(shown.at("/value")).isEqualTo(FIRST);
    var request = shown.header("X-Request-ID").orElseThrow();
    assertThat(feature.platform.audited(request)).containsExactly("apps.env-var-version.reveal");
    assertThat(feature.platform.auditDetails(request))
        .contains("secret_read")
        .doesNotContain(FIRST);
    var reads = admin.get(app + "/env-vars/" + id + "/reads");
    assertThat(reads.at("/entries/0/version")).isEqualTo("1");
    assertThat(reads.at("/entries/0/user_id")).isEqualTo(member.userId().toString());
    var restored = member.post(version(id, 1) + "/restore", null);
    assertThat(restored.text()).doesNotContain("hunter");
    assertThat(member.post(app + "/env-vars/" + id + "/reveal", null).at("/value"))
        .isEqualTo(FIRST);
  }

  @Test
  void whatBecomesSecretIsNotShownInItsHistoryEither() {
    var id = add(app, FIRST, false);
    assertThat(member.get(versions(id)).at("/versions/0/value")).isEqualTo(FIRST);
    member.patch(app + "/env-vars/" + id, Map.of("is_secret", true));
    assertThat(member.get(versions(id)).text()).doesNotContain(FIRST);
    assertThat(member.post(version(id, 1) + "/reveal", null).at("/value")).isEqualTo(FIRST);
    var other = Map.of("key", "B", "value", SECOND);
    member.post(app + "/env-vars-bulk", Map.of("variables", List.of(other)));
    var secret = Map.of("key", "B", "value", SECOND, "is_secret", true);
    var body = Map.of("variables", List.of(secret), "overwrite", true);
    var made = member.post(app + "/env-vars-bulk", body).at("/env_vars/0/id");
    assertThat(each(member.get(versions(made)), "version")).containsExactly("2", "1");
    assertThat(member.get(versions(made)).text()).doesNotContain(SECOND);
  }

  @Test
  void twentyVersionsAreKept() {
    var id = add(app, "0", false);
    for (var n = 1; n < 25; n++) {
      member.patch(app + "/env-vars/" + id, Map.of("value", Integer.toString(n)));
    }
    assertThat(each(member.get(versions(id)), "value"))
        .hasSize(20)
        .startsWith("24", "23")
        .endsWith("5");
  }

  @Test
  void everyLayerHasItsHistory() {
    var shared = add(project, FIRST, true);
    member.patch(project + "/env-vars/" + shared, Map.of("value", SECOND));
    assertThat(each(member.get(versions(shared)), "version")).containsExactly("2", "1");
    assertThat(member.post(version(shared, 1) + "/restore", null).at("/env_var/scope"))
        .isEqualTo("project");
    var made = member.post(app + "/environments", Map.of("name", "Staging", "stage", "staging"));
    var staging = "/api/environments/" + made.at("/environment/id") + "/env-vars";
    for (var value : List.of("1", "2")) {
      member.put(staging, Map.of("variables", List.of(Map.of("key", "B", "value", value))));
    }
    var resolved = member.get(staging).json().get("variables");
    var id = resolved.get(resolved.size() - 1).path("env_var_id").asText();
    assertThat(each(member.get(versions(id)), "value")).containsExactly("2", "1");
    assertThat(member.post(version(id, 1) + "/restore", null).status()).isEqualTo(200);
    assertThat(member.get(staging).text()).contains("\"value\":\"1\"");
    assertThat(member.post(version(id, 2) + "/reveal", null).at("/value")).isEqualTo("2");
  }

  @Test
  void strangersFindNothing() {
    var id = add(app, FIRST, true);
    assertThat(stranger.get(versions(id)).status()).isEqualTo(404);
    assertThat(stranger.post(version(id, 1) + "/restore", null).status()).isEqualTo(404);
    assertThat(stranger.post(version(id, 1) + "/reveal", null).status()).isEqualTo(404);
    assertThat(member.get(versions(Ids.next().toString())).status()).isEqualTo(404);
  }
}
