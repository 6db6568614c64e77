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
import dev.slipway.apps.resource.runtime.RegistryCredentialResource;
import dev.slipway.apps.resource.runtime.VolumeResource;
import dev.slipway.apps.resource.secret.RotationResource;
import dev.slipway.apps.resource.variable.EnvVarResource;
import dev.slipway.apps.resource.variable.EnvironmentVariableResource;
import dev.slipway.testkit.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Volumes, the rotation of secrets and registries in the file of an app. */
class AppFileSectionsIT {
  private static final String APP =
      "version: 1\napp: {slug: shop, name: Shop}\nsource: {source_type: git}\n";

  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new AppFileResource(feature.files),
        new EnvVarResource(feature.variables),
        new EnvironmentResource(feature.environments),
        new EnvironmentVariableResource(feature.environmentVariables),
        new RegistryCredentialResource(feature.registries),
        new RotationResource(feature.rotations),
        new VolumeResource(feature.volumes));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  JsonNode planned(String sections) {
    var plan = AppFileResourceIT.send(member, "/api/apps/plan", APP + sections);
    assertThat(plan.status()).as(plan.text()).isEqualTo(200);
    return plan.json();
  }

  JsonNode applied(String sections) {
    var path = "/api/apps/apply?fingerprint=" + planned(sections).path("fingerprint").asText();
    var done = AppFileResourceIT.send(member, path, APP + sections);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    return done.json();
  }

  static List<String> changes(JsonNode answer) {
    return AppFileResourceIT.changes(answer);
  }

  static List<String> needed(JsonNode answer) {
    var needed = new ArrayList<String>();
    answer.path("values_needed").forEach(path -> needed.add(path.asText()));
    return needed;
  }

  String export(String app) {
    return member.get("/api/apps/" + app + "/export").text();
  }

  List<String> said() {
    return feature
        .platform
        .events()
        .after(Scope.tenant(tenant), new EventFilter(Set.of(), null), null, 1000)
        .stream()
        .map(StoredEvent::type)
        .toList();
  }

  @Test
  void volumesComeMoveAndGo() {
    var id = applied("volumes: {data: /data, cache: /var/cache/shop}\n").path("app_id").asText();
    var path = "/api/apps/" + id + "/volumes";
    assertThat(member.get(path).at("/volumes/1/mount_path")).isEqualTo("/data");
    assertThat(export(id)).contains("volumes:\n  cache: /var/cache/shop\n  data: /data\n");
    var exported = AppFileResourceIT.send(member, "/api/apps/plan", export(id));
    assertThat(changes(exported.json())).isEmpty();

    member.delete(path + "/" + member.get(path).at("/volumes/0/id"));
    var wanted = "volumes: {data: /files, cache: /var/cache/shop}\n";
    assertThat(changes(planned(wanted)))
        .as("drift is shown")
        .containsExactlyInAnyOrder("add volumes.cache", "change volumes.data");
    assertThat(changes(applied(wanted))).hasSize(2);
    assertThat(member.get(path).at("/volumes/1/mount_path")).isEqualTo("/files");
    assertThat(changes(planned(wanted))).isEmpty();

    var gone = planned("volumes: {cache: /var/cache/shop}\n");
    assertThat(changes(gone)).containsExactly("remove volumes.data");
    assertThat(gone.at("/changes/0/note").asText()).isEqualTo("what it holds is kept");
    applied("volumes: {cache: /var/cache/shop}\n");
    assertThat(said()).contains("apps.volume.deleted");
    assertThat(member.get(path).json().path("volumes")).hasSize(1);
  }

  @Test
  void volumesAreRefusedAsTheirOperationRefuses() {
    applied("");
    var bad = "volumes: {Bad_Name: /data, data: /etc}\n";
    var refused = AppFileResourceIT.send(member, "/api/apps/plan", APP + bad);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("volumes.Bad_Name.name");
    var within = planned("volumes: {data: /data, more: /data/more}\n");
    assertThat(within.at("/conflicts/0/path").asText()).isEqualTo("volumes.more.mount_path");
    assertThat(within.at("/conflicts/0/code").asText()).isEqualTo("apps.volume.path-taken");
  }

  @Test
  void whatAnEnvironmentHadIsKeptToo() {
    applied("environments: {staging: {name: Staging}}\n");
    var gone = planned("environments: {}\n");
    assertThat(changes(gone)).containsExactly("remove environments.staging");
    assertThat(gone.at("/changes/0/note").asText()).isEqualTo("what its volumes hold is kept");
  }

  @Test
  void rotationFollowsTheFile() {
    var variables = "variables: {TOKEN: {is_secret: true}}\n";
    var rotation = "rotation: {app: {TOKEN: {generate: uuid, interval_days: 30}}}\n";
    var first = applied(variables + rotation);
    assertThat(needed(first)).containsExactly("variables.TOKEN", "rotation.app.TOKEN");
    var id = first.path("app_id").asText();
    var body = Map.of("key", "TOKEN", "value", "s3cr3t-of-nobody", "is_secret", true);
    var secret = member.post("/api/apps/" + id + "/env-vars", body).at("/env_var/id");
    assertThat(needed(planned(rotation))).isEmpty();
    assertThat(changes(applied(rotation))).containsExactly("add rotation.app");
    var rule = "/api/env-vars/" + secret + "/rotation";
    assertThat(member.get(rule).at("/rotation/generate")).isEqualTo("uuid");
    assertThat(export(id)).contains("interval_days: 30");

    var due = member.get(rule).at("/rotation/due_at");
    applied(rotation.replace("interval_days: 30", "interval_days: 30, redeploy: true"));
    assertThat(member.get(rule).at("/rotation/redeploy")).isEqualTo("true");
    assertThat(member.get(rule).at("/rotation/due_at")).as("the value is the same").isEqualTo(due);
    assertThat(changes(planned(rotation))).containsExactly("change rotation.app.TOKEN.redeploy");
    applied(rotation.replace("30", "60"));
    assertThat(member.get(rule).at("/rotation/due_at")).isNotEqualTo(due);
    assertThat(changes(planned(""))).as("no section, no change").isEmpty();
    assertThat(changes(applied("rotation: {}\n"))).containsExactly("remove rotation.app");
    assertThat(member.get(rule).status()).isEqualTo(404);
  }

  @Test
  void secretsOfEnvironmentsRotateToo() {
    var id =
        applied("environments: {staging: {name: Staging, variables: {A: {is_secret: true}}}}\n")
            .path("app_id")
            .asText();
    var staging = member.get("/api/apps/" + id + "/environments").at("/environments/0/id");
    var body = Map.of("key", "A", "value", "s3cr3t-of-nobody", "is_secret", true);
    member.put("/api/environments/" + staging + "/env-vars", Map.of("variables", List.of(body)));
    var rotation = "rotation: {environments: {staging: {A: {interval_days: 7}}}}\n";
    applied(rotation);
    assertThat(member.get("/api/secret-rotations").at("/rotations/0/scope_id")).isEqualTo(staging);
    assertThat(changes(planned(rotation))).isEmpty();
    var nowhere = planned(rotation.replace("staging:", "nowhere:"));
    assertThat(nowhere.at("/conflicts/0/path").asText()).isEqualTo("rotation.environments.nowhere");
    applied("rotation: {}\n");
    assertThat(member.get("/api/secret-rotations").at("/total")).isEqualTo("0");
  }

  @Test
  void rotationIsRefusedAsItsOperationRefuses() {
    applied("variables: {PLAIN: x}\n");
    var plain = planned("rotation: {app: {PLAIN: {interval_days: 30}}}\n");
    assertThat(plain.at("/conflicts/0/path").asText()).isEqualTo("rotation.app.PLAIN");
    assertThat(plain.at("/conflicts/0/code").asText()).isEqualTo("apps.env-var.no-secret");
    var endless =
        AppFileResourceIT.send(
            member, "/api/apps/plan", APP + "rotation: {app: {PLAIN: {generate: uuid}}}\n");
    assertThat(endless.fields()).containsExactly("rotation.app.PLAIN.interval_days");
  }

  @Test
  void registriesWithoutCredentialsAreNamed() {
    var file = "registries: [registry.example.com]\n";
    assertThat(needed(applied(file))).containsExactly("registries.registry.example.com");
    var admin = feature.platform.as(tenant, Role.ADMIN);
    var body =
        Map.of("host", "registry.example.com", "username", "robot", "password", "s3cr3t-of-nobody");
    assertThat(admin.post("/api/registry-credentials", body).status()).isEqualTo(201);
    assertThat(needed(planned(file))).isEmpty();
    assertThat(changes(planned(file))).isEmpty();
    var image =
        "version: 1\napp: {slug: other, name: Other}\n"
            + "source: {source_type: image, image: 'registry.example.com/shop:1'}\n";
    var seen = AppFileResourceIT.send(member, "/api/apps/plan", image).at("/fingerprint");
    var path = "/api/apps/apply?fingerprint=" + seen;
    var id = AppFileResourceIT.send(member, path, image).at("/app_id");
    assertThat(export(id)).contains("registries:\n  - registry.example.com\n");
  }

  @Test
  void theSchemaHasTheBoundsOfTheOperations() {
    var schema = feature.platform.anonymous().get("/api/apps/file-schema").json();
    var document = feature.platform.anonymous().get("/api/docs/openapi.json").json();
    var rules = schema.at("/properties/rotation/properties/app/additionalProperties/properties");
    var ref =
        document
            .path("paths")
            .path("/api/env-vars/{id}/rotation")
            .at("/put/requestBody/content/application~1json/schema/$ref")
            .asText();
    var known = document.at(ref.substring(1)).at("/properties/interval_days");
    assertThat(rules.at("/interval_days/minimum")).isEqualTo(known.path("minimum"));
    assertThat(rules.at("/interval_days/maximum")).isEqualTo(known.path("maximum"));
  }
}
