package dev.slipway.apps.resource.variable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.testkit.TestClient;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvVarResourceIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  String path;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new EnvVarResource(feature.variables), new AppResource(feature.apps, feature.deletion));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anApp() {
    var app = member.post("/api/apps", Map.of("name", "app", "source_type", "git"));
    path = "/api/apps/" + app.at("/app/id") + "/env-vars";
  }

  @Test
  void showsAVariableAsTheCatalogueSays() {
    var made =
        member.post(
            path, Map.of("key", "LEVEL", "value", "debug", "stage_bindings", List.of("preview")));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().fieldNames()).toIterable().containsExactly("env_var");
    assertThat(made.json().get("env_var").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "tenant_id",
            "scope",
            "scope_id",
            "key",
            "value",
            "masked_value",
            "is_secret",
            "stage_bindings",
            "phases",
            "description",
            "version",
            "created_by",
            "created_at",
            "updated_at");
    assertThat(made.at("/env_var/scope")).isEqualTo("app");
    assertThat(path).contains(made.at("/env_var/scope_id"));
    assertThat(made.at("/env_var/value")).isEqualTo("debug");
    assertThat(made.at("/env_var/is_secret")).isEqualTo("false");
    assertThat(made.at("/env_var/stage_bindings/0")).isEqualTo("preview");
    assertThat(made.at("/env_var/version")).isEqualTo("1");
    assertThat(member.get(path).json().at("/env_vars/0")).isEqualTo(made.json().get("env_var"));
  }

  @Test
  void aSecretIsNeverShownAgain() {
    var made =
        member.post(path, Map.of("key", "PASSWORD", "value", "hunter2-hunter2", "is_secret", true));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text()).doesNotContain("hunter2").doesNotContain("s1.");
    assertThat(made.json().at("/env_var/value").isNull()).isTrue();
    assertThat(made.at("/env_var/masked_value")).isEqualTo("****");
    assertThat(member.get(path).text()).doesNotContain("hunter2").doesNotContain("s1.");
    var one = path + "/" + made.at("/env_var/id");
    var given = member.patch(one, Map.of("is_secret", false));
    assertThat(given.status()).isEqualTo(400);
    assertThat(given.fields()).containsExactly("is_secret");
    assertThat(member.patch(one, Map.of("value", "hunter3-hunter3")).text())
        .doesNotContain("hunter");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThat(member.post(path, Map.of()).fields()).containsExactlyInAnyOrder("key", "value");
    assertThat(member.post(path, Map.of("key", "1A", "value", "")).fields()).containsExactly("key");
    assertThat(member.post(path, Map.of("key", "PORT", "value", "80")).fields())
        .containsExactly("key");
    var large = member.post(path, Map.of("key", "A", "value", "é".repeat(40_000)));
    assertThat(large.status()).isEqualTo(400);
    assertThat(large.fields()).containsExactly("value");
    var nulled = Map.of("key", "A", "value", "", "stage_bindings", Arrays.asList("preview", null));
    assertThat(member.post(path, nulled).status()).isEqualTo(400);
    assertThat(
            member
                .post(path, Map.of("key", "A", "value", "", "stage_bindings", List.of("moon")))
                .status())
        .isEqualTo(400);
    assertThat(member.post(path, Map.of("key", "A", "value", 1)).status()).isEqualTo(400);
    assertThat(member.get(path).json().get("env_vars")).isEmpty();
  }

  @Test
  void aKeyIsThereOnce() {
    member.post(path, Map.of("key", "A", "value", ""));
    var again = member.post(path, Map.of("key", "A", "value", "2"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/code")).isEqualTo("apps.env-var.key-exists");
  }

  @Test
  void editsAndDrops() {
    var made = member.post(path, Map.of("key", "A", "value", "1", "description", "why"));
    var one = path + "/" + made.at("/env_var/id");
    var edited =
        member
            .with("If-Match", made.header("ETag").orElseThrow())
            .patch(one, Map.of("value", "2", "stage_bindings", List.of("staging")));
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.at("/env_var/value")).isEqualTo("2");
    assertThat(edited.at("/env_var/description")).isEqualTo("why");
    assertThat(edited.at("/env_var/version")).isEqualTo("2");
    assertThat(member.with("If-Match", "\"1\"").patch(one, Map.of("value", "3")).status())
        .isEqualTo(412);
    assertThat(member.patch(one, Map.of("key", "B")).status()).isEqualTo(400);
    assertThat(member.patch(one, Collections.singletonMap("value", null)).fields())
        .containsExactly("value");
    var nulled = Map.of("stage_bindings", Arrays.asList((Object) null));
    assertThat(member.patch(one, nulled).status()).isEqualTo(400);
    assertThat(member.with("If-Match", "\"1\"").delete(one).status()).isEqualTo(412);
    assertThat(member.delete(one).status()).isEqualTo(204);
    assertThat(member.delete(one).status()).isEqualTo(404);
  }

  @Test
  void strangersFindNothing() {
    var made = member.post(path, Map.of("key", "A", "value", "1"));
    var one = path + "/" + made.at("/env_var/id");
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.post(path, Map.of("key", "B", "value", "")).status()).isEqualTo(404);
    assertThat(stranger.patch(one, Map.of("value", "2")).status()).isEqualTo(404);
    assertThat(stranger.delete(one).status()).isEqualTo(404);
    assertThat(member.get(path).at("/env_vars/0/value")).isEqualTo("1");
  }
}
