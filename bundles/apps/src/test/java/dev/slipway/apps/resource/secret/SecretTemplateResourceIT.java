package dev.slipway.apps.resource.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.SecretTemplate;
import dev.slipway.apps.store.SecretTemplateStore;
import dev.slipway.testkit.TestClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecretTemplateResourceIT {
  static final String PATH = "/api/secret-templates";
  static final String SECRET = "hunter2-hunter2-hunter2";
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(new SecretTemplateResource(feature.templates));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  static Map<String, Object> template(String name, List<Map<String, Object>> variables) {
    return Map.of("name", name, "variables", variables);
  }

  @Test
  void showsATemplateAsTheCatalogueSaysAndNoSecret() {
    var made =
        member.post(
            PATH,
            template(
                "Mail",
                List.of(
                    Map.of("key", "HOST", "default_value", "smtp.example.com", "is_secret", false),
                    Map.of("key", "PASSWORD", "default_value", SECRET, "is_required", true),
                    Map.of("key", "SEED", "generate", "hex32"))));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.text()).doesNotContain(SECRET);
    assertThat(made.at("/secret_template/variables/0/default_value")).isEqualTo("smtp.example.com");
    assertThat(made.at("/secret_template/variables/1/default_value")).isEqualTo("****");
    assertThat(made.at("/secret_template/variables/1/is_secret")).isEqualTo("true");
    assertThat(made.at("/secret_template/variables/1/is_required")).isEqualTo("true");
    assertThat(made.at("/secret_template/variables/2/generate")).isEqualTo("hex32");
    var one = PATH + "/" + made.at("/secret_template/id");
    assertThat(member.get(one).json()).isEqualTo(made.json());
    assertThat(member.get(PATH).json().at("/secret_templates/0"))
        .isEqualTo(made.json().get("secret_template"));
  }

  @Test
  void aSecretDefaultIsSealedAtRest() {
    var body = template("A", List.of(Map.of("key", "PASSWORD", "default_value", SECRET)));
    var id = UUID.fromString(member.post(PATH, body).at("/secret_template/id"));
    var store = new SecretTemplateStore(feature.database);
    var stored =
        feature.database.read(Scope.tenant(tenant), () -> store.find(id).orElseThrow()).parsed();
    var sealed = stored.getFirst().defaultValue();
    assertThat(sealed).doesNotContain(SECRET);
    assertThat(
            feature.platform.secrets().open(tenant, SecretTemplate.place(id, "PASSWORD"), sealed))
        .isEqualTo(SECRET);
  }

  @Test
  void namesAreUniqueInTheTenant() {
    var body = template("A", List.of(Map.of("key", "A")));
    assertThat(member.post(PATH, body).status()).isEqualTo(201);
    var again = member.post(PATH, body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/code")).isEqualTo("apps.secret-template.name-taken");
    assertThat(stranger.post(PATH, body).status()).isEqualTo(201);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThat(member.post(PATH, template("A", List.of())).status()).isEqualTo(400);
    var bad =
        member.post(
            PATH,
            template(
                "A",
                List.of(
                    Map.of("key", "1A"),
                    Map.of("key", "B", "default_value", "x", "generate", "uuid"),
                    Map.of("key", "B"))));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.fields())
        .containsExactly("variables.0.key", "variables.1.generate", "variables.2.key");
    var unknown = List.of(Map.<String, Object>of("key", "A", "generate", "luck"));
    assertThat(member.post(PATH, template("A", unknown)).status()).isEqualTo(400);
    assertThat(member.get(PATH).json().get("secret_templates")).isEmpty();
  }

  @Test
  void strangersFindNothing() {
    var made = member.post(PATH, template("A", List.of(Map.of("key", "A"))));
    var one = PATH + "/" + made.at("/secret_template/id");
    assertThat(stranger.get(one).status()).isEqualTo(404);
    assertThat(stranger.delete(one).status()).isEqualTo(404);
    assertThat(stranger.get(PATH).json().get("secret_templates")).isEmpty();
    assertThat(member.delete(one).status()).isEqualTo(204);
    assertThat(member.delete(one).status()).isEqualTo(404);
  }
}
