package dev.slipway.apps.resource.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.RegistryLogin;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryCredentialResourceIT {
  static final String PATH = "/api/registry-credentials";
  static final String PASSWORD = "tok-Right-12345678";
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final TestClient admin = feature.platform.as(tenant, Role.ADMIN);
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  final UUID app = Ids.next();
  final UUID deployment = Ids.next();

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(new RegistryCredentialResource(feature.registries));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  Answer add(String host, String password) {
    return admin.post(PATH, Map.of("host", host, "username", "robot", "password", password));
  }

  String id(Answer made) {
    return made.at("/registry_credential/id");
  }

  List<RegistryLogin> opens(String image) {
    return feature.registries.forImage(scope, image, app, deployment);
  }

  List<StoredEvent> said(String id) {
    return feature.said(TestPlatform.caller(tenant, Role.OWNER), UUID.fromString(id));
  }

  @Test
  void passwordsAreWrittenAndNeverShown() {
    var made = add("Registry.Example.com:5000", PASSWORD);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.at("/registry_credential/host")).isEqualTo("registry.example.com:5000");
    assertThat(made.text()).doesNotContain(PASSWORD).doesNotContain("password");
    var listed = member.get(PATH);
    assertThat(listed.at("/registry_credentials/0/username")).isEqualTo("robot");
    assertThat(listed.text()).doesNotContain(PASSWORD).doesNotContain("password");
    assertThat(feature.platform.secrets().mask("it is " + PASSWORD)).isEqualTo("it is ***");
    assertThat(said(id(made)).toString()).doesNotContain(PASSWORD);

    var path = PATH + "/" + id(made);
    var changed = admin.put(path, Map.of("username", "other", "password", "tok-Next-12345678"));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/registry_credential/username")).isEqualTo("other");
    assertThat(opens("registry.example.com:5000/team/app:1"))
        .containsExactly(
            new RegistryLogin("registry.example.com:5000", "other", "tok-Next-12345678"));
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(opens("registry.example.com:5000/team/app:1")).isEmpty();
    assertThat(admin.delete(path).status()).isEqualTo(404);
  }

  @Test
  void whoeverGetsOneIsWrittenDown() {
    var made = add("registry.example.com", PASSWORD);
    assertThat(member.get(PATH).json().at("/registry_credentials/0/last_used_at").isNull())
        .isTrue();
    opens("registry.example.com/app");
    opens("elsewhere.example.com/app");
    feature.registries.forBuild(scope, app, deployment);
    var said = said(id(made));
    assertThat(said)
        .extracting(StoredEvent::type)
        .containsExactly(
            "apps.registry_credential.created",
            "apps.registry_credential.handed_over",
            "apps.registry_credential.handed_over");
    assertThat(said.getLast().uuid("app_id")).isEqualTo(app);
    assertThat(said.getLast().uuid("deployment_id")).isEqualTo(deployment);
    assertThat(said.toString()).doesNotContain(PASSWORD);
    assertThat(member.get(PATH).json().at("/registry_credentials/0/last_used_at").isNull())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example.com, registry.example.com/app, true",
    "registry.example.com, registry.example.com:5000/app, false",
    "registry.example.com, registry.example.com.evil.test/app, false",
    "localhost:5000, localhost:5000/app:1, true",
    "index.docker.io, app, true",
    "docker.io, team/app:1, true",
    "docker.io, docker.io/team/app, true",
    "docker.io, registry.example.com/team/app, false"
  })
  void anImageGetsWhatOpensItsOwnRegistryAlone(String host, String image, boolean opened) {
    add(host, PASSWORD);
    assertThat(opens(image)).hasSize(opened ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "registry",
        "https://registry.example.com",
        "registry.example.com/team",
        "a b.example.com",
        "user@registry.example.com",
        "-x.example.com",
        "registry.example.com:"
      })
  void refusesWhatIsNoHost(String host) {
    assertThat(add(host, PASSWORD).status()).isEqualTo(400);
  }

  @Test
  void whatIsWrongIsNamedWithoutThePassword() {
    var wrong =
        admin.post(PATH, Map.of("host", "registry", "username", "a:b", "password", PASSWORD));
    assertThat(wrong.fields()).containsExactlyInAnyOrder("host", "username");
    assertThat(wrong.text()).doesNotContain(PASSWORD);
    var unclean = add("registry.example.com", "tok-\u0000-12345678");
    assertThat(unclean.fields()).containsExactly("password");
    assertThat(unclean.text()).doesNotContain("tok-");
    assertThat(add("registry.example.com", "short").fields()).containsExactly("password");
    assertThat(add("registry.example.com", PASSWORD).status()).isEqualTo(201);
    assertThat(add("REGISTRY.example.com", PASSWORD).at("/code"))
        .isEqualTo("apps.registry-credential.host-taken");
  }

  @Test
  void onlyAdminsOfTheTenantChangeThem() {
    var path = PATH + "/" + id(add("registry.example.com", PASSWORD));
    var account = Map.of("username", "other", "password", PASSWORD);
    assertThat(member.put(path, account).status()).isEqualTo(403);
    assertThat(member.delete(path).status()).isEqualTo(403);
    assertThat(stranger.put(path, account).status()).isEqualTo(404);
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(stranger.get(PATH).json().at("/registry_credentials")).isEmpty();
    assertThat(feature.registries.forBuild(Scope.tenant(Ids.next()), app, deployment)).isEmpty();
  }
}
