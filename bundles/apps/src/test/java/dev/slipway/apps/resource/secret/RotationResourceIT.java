package dev.slipway.apps.resource.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.SecretLeases.Holder;
import dev.slipway.apps.resource.app.AppResource;
import dev.slipway.apps.resource.variable.EnvVarResource;
import dev.slipway.apps.resource.variable.VariableVersionResource;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotationResourceIT {
  static final String FIRST = "hunter1-hunter1-hunter1";
  static final String SECOND = "hunter2-hunter2-hunter2";
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final TestClient member = feature.platform.as(tenant, Role.USER);
  final TestClient admin = feature.platform.as(tenant, Role.ADMIN);
  final TestClient stranger = feature.platform.as(Ids.next(), Role.OWNER);
  UUID appId;
  String app;
  String id;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new EnvVarResource(feature.variables),
        new SecretTemplateResource(feature.templates),
        new VariableVersionResource(feature.versions),
        new RotationResource(feature.rotations),
        new LeaseResource(feature.leaseService));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void aSecret() {
    var made = member.post("/api/apps", Map.of("name", "app", "source_type", "git"));
    appId = UUID.fromString(made.at("/app/id"));
    app = "/api/apps/" + appId;
    id = add("PASSWORD", FIRST, true);
  }

  String add(String key, String value, boolean secret) {
    var body = Map.of("key", key, "value", value, "is_secret", secret);
    return member.post(app + "/env-vars", body).at("/env_var/id");
  }

  static String path(String id) {
    return "/api/env-vars/" + id;
  }

  String clear() {
    return member.post(app + "/env-vars/" + id + "/reveal", null).at("/value");
  }

  @Test
  void aRuleSaysWhenASecretIsDue() {
    assertThat(member.get(path(id) + "/rotation").status()).isEqualTo(404);
    var soon = Times.now().plus(Duration.ofDays(3));
    var given = member.put(path(id) + "/rotation", Map.of("expires_at", soon.toString()));
    assertThat(given.status()).isEqualTo(200);
    assertThat(given.at("/rotation/status")).as("somebody must give it").isEqualTo("due");
    var made =
        member.put(
            path(id) + "/rotation", Map.of("generate", "password", "expires_at", soon.toString()));
    assertThat(made.at("/rotation/status")).as("nobody has to").isEqualTo("scheduled");
    assertThat(made.at("/rotation/redeploy")).isEqualTo("false");
    var interval = member.put(path(id) + "/rotation", Map.of("interval_days", 30));
    assertThat(interval.at("/rotation/status")).isEqualTo("scheduled");
    assertThat(Instant.parse(interval.at("/rotation/due_at")))
        .isAfter(Instant.now().plus(Duration.ofDays(29)));
    assertThat(member.get(path(id) + "/rotation").json()).isEqualTo(interval.json());
    assertThat(member.delete(path(id) + "/rotation").status()).isEqualTo(204);
    assertThat(member.delete(path(id) + "/rotation").status()).isEqualTo(404);
  }

  @Test
  void secretsThatAreDueAreListedFirstAndAlone() {
    var other = add("OTHER", SECOND, true);
    member.put(path(other) + "/rotation", Map.of("interval_days", 90));
    var soon = Times.now().plus(Duration.ofDays(3)).toString();
    member.put(path(id) + "/rotation", Map.of("expires_at", soon));
    var all = member.get("/api/secret-rotations");
    assertThat(all.at("/total")).isEqualTo("2");
    assertThat(all.at("/rotations/0/key")).isEqualTo("PASSWORD");
    assertThat(all.at("/rotations/0/scope")).isEqualTo("app");
    assertThat(all.at("/rotations/0/scope_id")).isEqualTo(appId.toString());
    var due = member.get("/api/secret-rotations?due=true");
    assertThat(due.at("/total")).isEqualTo("1");
    assertThat(due.at("/rotations/0/env_var_id")).isEqualTo(id);
    assertThat(stranger.get("/api/secret-rotations").at("/total")).isEqualTo("0");
  }

  @Test
  void rotateNowMakesAValueAsTheRuleSays() {
    for (var kind : Map.of("hex32", "[0-9a-f]{32}", "password", "\\w{32}").entrySet()) {
      var rule = Map.of("generate", kind.getKey(), "interval_days", 30);
      member.put(path(id) + "/rotation", rule);
      var rotated = member.post(path(id) + "/rotate", null);
      assertThat(rotated.status()).isEqualTo(200);
      assertThat(rotated.json().at("/env_var/value").isNull()).isTrue();
      assertThat(clear()).matches(kind.getValue());
      assertThat(rotated.text()).doesNotContain(clear());
    }
    assertThat(member.get(path(id) + "/versions").at("/versions/0/origin")).isEqualTo("rotated");
    assertThat(member.get(path(id) + "/rotation").at("/rotation/rotated_at")).isNotEmpty();
  }

  @Test
  void rotateNowTakesAValueThatIsGiven() {
    var missing = member.post(path(id) + "/rotate", Map.of());
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.fields()).containsExactly("value");
    var nul = member.post(path(id) + "/rotate", Map.of("value", "a\u0000b"));
    assertThat(nul.status()).isEqualTo(400);
    assertThat(nul.fields()).containsExactly("value");
    assertThat(member.post(path(id) + "/rotate", Map.of("value", SECOND)).text())
        .doesNotContain("hunter");
    assertThat(clear()).isEqualTo(SECOND);
    assertThat(feature.platform.secrets().mask("it is " + SECOND))
        .as("it is masked from the reveal on")
        .doesNotContain(SECOND);
  }

  @Test
  void aTemplateSaysWhatMakesTheValue() {
    var variable = Map.of("key", "PASSWORD", "generate", "hex32");
    var template =
        member
            .post("/api/secret-templates", Map.of("name", "db", "variables", List.of(variable)))
            .at("/secret_template/id");
    var rule = Map.of("secret_template_id", template, "interval_days", 30);
    assertThat(member.put(path(id) + "/rotation", rule).at("/rotation/generate"))
        .isEqualTo("hex32");
    var other = add("OTHER", SECOND, true);
    var stranger = member.put(path(other) + "/rotation", rule);
    assertThat(stranger.status()).isEqualTo(400);
    assertThat(stranger.fields()).containsExactly("secret_template_id");
    var unknown = Map.of("secret_template_id", Ids.next(), "interval_days", 30);
    assertThat(member.put(path(id) + "/rotation", unknown).status()).isEqualTo(404);
  }

  @Test
  void refusesWhatIsNoRule() {
    assertThat(member.put(path(id) + "/rotation", Map.of()).fields())
        .containsExactly("interval_days");
    assertThat(member.put(path(id) + "/rotation", Map.of("interval_days", 0)).status())
        .isEqualTo(400);
    var past = Map.of("expires_at", "2020-01-01T00:00:00Z");
    assertThat(member.put(path(id) + "/rotation", past).fields()).containsExactly("expires_at");
    var plain = add("PLAIN", "1", false);
    var rule = Map.of("interval_days", 30);
    assertThat(member.put(path(plain) + "/rotation", rule).status()).isEqualTo(409);
    assertThat(member.post(path(plain) + "/rotate", Map.of("value", "2")).status()).isEqualTo(409);
  }

  @Test
  void aNewValueByHandBeginsAnewAndAnOtherEditDoesNot() {
    var soon = Times.now().plus(Duration.ofDays(3)).toString();
    var body = Map.of("expires_at", soon, "interval_days", 30);
    var due = member.put(path(id) + "/rotation", body).at("/rotation/due_at");
    member.patch(app + "/env-vars/" + id, Map.of("description", "why"));
    assertThat(member.get(path(id) + "/rotation").at("/rotation/due_at")).isEqualTo(due);
    member.patch(app + "/env-vars/" + id, Map.of("value", SECOND));
    var renewed = member.get(path(id) + "/rotation").at("/rotation/due_at");
    assertThat(Instant.parse(renewed)).isAfter(Instant.now().plus(Duration.ofDays(29)));
    member.patch(app + "/env-vars/" + id, Map.of("value", "open", "is_secret", false));
    assertThat(member.get(path(id) + "/rotation").status())
        .as("what is no secret has no rule")
        .isEqualTo(404);
  }

  @Test
  void whoHasTheOldValueIsTold() {
    take(Ids.next());
    member.post(path(id) + "/rotate", Map.of("value", SECOND));
    var said = feature.said(TestPlatform.caller(tenant, Role.USER), appId);
    assertThat(said).last().extracting("type").isEqualTo("apps.env_var.rotated");
    assertThat(said.getLast().data())
        .containsEntry("key", "PASSWORD")
        .containsEntry("version", 2)
        .containsEntry("redeploy", false);
    assertThat(said.toString()).doesNotContain("hunter");
  }

  void take(UUID deployment) {
    feature.leases.take(Scope.tenant(tenant), new Holder(tenant, appId, null, deployment));
  }

  @Test
  void aLeaseSaysWhichDeploymentHasWhichVersion() {
    var first = Ids.next();
    var second = Ids.next();
    take(first);
    member.post(path(id) + "/rotate", Map.of("value", SECOND));
    take(second);
    var leases = member.get(path(id) + "/leases");
    assertThat(leases.json().get("leases")).hasSize(2);
    assertThat(leases.at("/leases/0/deployment_id")).isEqualTo(second.toString());
    assertThat(leases.at("/leases/0/version")).isEqualTo("2");
    assertThat(leases.at("/leases/1/version")).isEqualTo("1");
    assertThat(leases.at("/leases/1/status")).isEqualTo("active");
    assertThat(leases.text()).doesNotContain("hunter");
  }

  @Test
  void aLeaseExpiresWithTheValueThatItWasTakenOf() {
    var soon = Times.now().plus(Duration.ofDays(3)).toString();
    member.put(path(id) + "/rotation", Map.of("expires_at", soon));
    take(Ids.next());
    var lease = member.get(path(id) + "/leases").json().at("/leases/0");
    assertThat(Instant.parse(lease.path("expires_at").asText())).isEqualTo(Instant.parse(soon));
    assertThat(lease.path("status").asText()).isEqualTo("active");
    feature.owner(
        "update apps_secret_lease set expires_at = now() - interval '1 minute' where id = '"
            + lease.path("id").asText()
            + "'");
    assertThat(member.get(path(id) + "/leases").at("/leases/0/status")).isEqualTo("expired");
  }

  @Test
  void aRevokedValueIsGivenToNobodyUntilThereIsAFreshOne() {
    take(Ids.next());
    var lease = path(id) + "/leases/" + member.get(path(id) + "/leases").at("/leases/0/id");
    assertThat(member.post(lease + "/revoke", null).status()).isEqualTo(403);
    var revoked = admin.post(lease + "/revoke", null);
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(revoked.at("/lease/status")).isEqualTo("revoked");
    assertThat(admin.post(lease + "/revoke", null).json()).isEqualTo(revoked.json());
    assertThat(member.get(path(id) + "/versions").at("/versions/0/revoked_at")).isNotEmpty();
    var refusal = AppsPlatform.refused(() -> take(Ids.next()));
    assertThat(refusal.code().code()).isEqualTo("apps.env-var.revoked");
    assertThat(refusal.getMessage()).contains("PASSWORD");
    member.post(path(id) + "/rotate", Map.of("value", SECOND));
    take(Ids.next());
    var first = member.get(path(id) + "/versions").at("/versions/1/id");
    assertThat(member.post(path(id) + "/versions/" + first + "/restore", null).status())
        .as("nor does it come back by its history")
        .isEqualTo(409);
  }

  @Test
  void aRevokedValueThatCanBeMadeIsDueAtOnce() {
    member.put(path(id) + "/rotation", Map.of("generate", "hex32", "interval_days", 30));
    take(Ids.next());
    var lease = path(id) + "/leases/" + member.get(path(id) + "/leases").at("/leases/0/id");
    admin.post(lease + "/revoke", null);
    assertThat(member.get(path(id) + "/rotation").at("/rotation/status")).isEqualTo("overdue");
    feature.rotationJob.run();
    take(Ids.next());
    assertThat(clear()).matches("[0-9a-f]{32}");
  }

  @Test
  void strangersFindNothing() {
    take(Ids.next());
    var lease = member.get(path(id) + "/leases").at("/leases/0/id");
    var rule = Map.of("interval_days", 30);
    assertThat(stranger.put(path(id) + "/rotation", rule).status()).isEqualTo(404);
    assertThat(stranger.get(path(id) + "/rotation").status()).isEqualTo(404);
    assertThat(stranger.delete(path(id) + "/rotation").status()).isEqualTo(404);
    assertThat(stranger.post(path(id) + "/rotate", Map.of("value", "x")).status()).isEqualTo(404);
    assertThat(stranger.get(path(id) + "/leases").status()).isEqualTo(404);
    assertThat(stranger.post(path(id) + "/leases/" + lease + "/revoke", null).status())
        .isEqualTo(404);
    var other = add("OTHER", SECOND, true);
    assertThat(admin.post(path(other) + "/leases/" + lease + "/revoke", null).status())
        .as("a lease of another secret")
        .isEqualTo(404);
    assertThat(clear()).isEqualTo(FIRST);
  }
}
