package dev.slipway.apps.resource.variable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
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

class EnvironmentVariableResourceIT {
  static final String SECRET = "hunter2-hunter2-hunter2";
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  String project;
  String app;
  String staging;
  String live;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new EnvVarResource(feature.variables),
        new EnvironmentResource(feature.environments),
        new EnvironmentVariableResource(feature.environmentVariables),
        new ProjectEnvVarResource(feature.projectVariables),
        new ProjectResource(feature.projects));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void twoEnvironments() {
    var made = member.post("/api/projects", Map.of("name", "shop"));
    project = "/api/projects/" + made.at("/project/id");
    var body = Map.of("name", "app", "source_type", "git", "project_id", made.at("/project/id"));
    app = "/api/apps/" + member.post("/api/apps", body).at("/app/id");
    staging = environment("Staging", "staging");
    live = environment("Live", "production");
  }

  String environment(String name, String stage) {
    var made = member.post(app + "/environments", Map.of("name", name, "stage", stage));
    return "/api/environments/" + made.at("/environment/id");
  }

  static Map<String, Object> entry(String key, String value) {
    return Map.of("key", key, "value", value);
  }

  static Map<String, Object> secret(String key, String value) {
    return Map.of("key", key, "value", value, "is_secret", true);
  }

  Answer put(String environment, List<Map<String, Object>> entries) {
    return member.put(environment + "/env-vars", Map.of("variables", entries));
  }

  @Test
  void theNearestLayerWinsAndEachValueSaysWhereItComesFrom() {
    member.post(project + "/env-vars", entry("A", "project"));
    member.post(project + "/env-vars", entry("B", "project"));
    member.post(project + "/env-vars", entry("C", "project"));
    member.post(app + "/env-vars", entry("B", "app"));
    member.post(app + "/env-vars", entry("C", "app"));
    var resolved = put(staging, List.of(secret("C", SECRET)));
    assertThat(resolved.status()).isEqualTo(200);
    assertThat(resolved.text()).doesNotContain(SECRET);
    assertThat(resolved.at("/variables/0/key")).isEqualTo("PORT");
    assertThat(resolved.at("/variables/0/source")).isEqualTo("platform");
    assertThat(resolved.at("/variables/1/source")).isEqualTo("project");
    assertThat(resolved.at("/variables/1/value")).isEqualTo("project");
    assertThat(resolved.at("/variables/2/source")).isEqualTo("app");
    assertThat(resolved.at("/variables/2/overrides/0")).isEqualTo("project");
    assertThat(resolved.at("/variables/3/source")).isEqualTo("environment");
    assertThat(staging).endsWith(resolved.at("/variables/3/source_id"));
    assertThat(resolved.json().at("/variables/3/value").isNull()).isTrue();
    assertThat(resolved.json().at("/variables/3/overrides").toString())
        .isEqualTo("[\"project\",\"app\"]");
    assertThat(member.get(staging + "/env-vars").json()).isEqualTo(resolved.json());
    assertThat(member.get(live + "/env-vars").at("/variables/3/source")).isEqualTo("app");
  }

  @Test
  void aVariableBoundToOtherStagesIsNotThere() {
    member.post(project + "/env-vars", entry("A", "everywhere"));
    member.post(
        app + "/env-vars",
        Map.of("key", "A", "value", "live", "stage_bindings", List.of("production")));
    assertThat(member.get(staging + "/env-vars").at("/variables/1/value")).isEqualTo("everywhere");
    assertThat(member.get(live + "/env-vars").at("/variables/1/value")).isEqualTo("live");
  }

  @Test
  void overridesAreReplacedOneByOneAndDroppedByKey() {
    member.post(app + "/env-vars", entry("A", "inherited"));
    put(staging, List.of(entry("A", "1"), entry("B", "1")));
    put(staging, List.of(entry("B", "2")));
    var resolved = member.get(staging + "/env-vars");
    assertThat(resolved.at("/variables/1/value")).as("not named, untouched").isEqualTo("1");
    assertThat(resolved.at("/variables/2/value")).isEqualTo("2");
    assertThat(member.delete(staging + "/env-vars/A").status()).isEqualTo(204);
    assertThat(member.delete(staging + "/env-vars/A").status()).isEqualTo(404);
    assertThat(member.get(staging + "/env-vars").at("/variables/1/value")).isEqualTo("inherited");
    var bad = put(staging, List.of(entry("PORT", "1")));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.fields()).containsExactly("variables.0.key");
  }

  @Test
  void copiesOverridesOfASiblingAndTheirSecretsStillOpen() {
    put(staging, List.of(entry("A", "staging"), secret("B", SECRET), entry("C", "staging")));
    put(live, List.of(entry("A", "live")));
    var source = staging.substring(staging.lastIndexOf('/') + 1);
    var path = live + "/clone-env-vars";
    var plain =
        member.post(path, Map.of("source_environment_id", source, "include_secrets", false));
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.json().toString()).isEqualTo("{\"copied\":1,\"skipped\":2}");
    var all = member.post(path, Map.of("source_environment_id", source, "overwrite", true));
    assertThat(all.json().toString()).isEqualTo("{\"copied\":3,\"skipped\":0}");
    var id = UUID.fromString(live.substring(live.lastIndexOf('/') + 1));
    var run = feature.publishedEnvironments.variables(Scope.tenant(tenant), id);
    assertThat(run.values()).containsEntry("A", "staging").containsEntry("B", SECRET);
    assertThat(run.secrets()).containsExactly("B");
  }

  @Test
  void copiesFromSiblingsOnly() {
    var other = member.post("/api/apps", Map.of("name", "other", "source_type", "git"));
    var made =
        member.post(
            "/api/apps/" + other.at("/app/id") + "/environments", Map.of("name", "Staging"));
    var foreign = Map.of("source_environment_id", made.at("/environment/id"));
    assertThat(member.post(live + "/clone-env-vars", foreign).status()).isEqualTo(404);
    var own = Map.of("source_environment_id", live.substring(live.lastIndexOf('/') + 1));
    assertThat(member.post(live + "/clone-env-vars", own).fields())
        .containsExactly("source_environment_id");
  }

  @Test
  void strangersFindNothing() {
    put(staging, List.of(entry("A", "1")));
    assertThat(stranger.get(staging + "/env-vars").status()).isEqualTo(404);
    var body = Map.of("variables", List.of(entry("A", "2")));
    assertThat(stranger.put(staging + "/env-vars", body).status()).isEqualTo(404);
    assertThat(stranger.delete(staging + "/env-vars/A").status()).isEqualTo(404);
    var source = Map.of("source_environment_id", live.substring(live.lastIndexOf('/') + 1));
    assertThat(stranger.post(staging + "/clone-env-vars", source).status()).isEqualTo(404);
    assertThat(member.get(staging + "/env-vars").at("/variables/1/value")).isEqualTo("1");
  }
}
