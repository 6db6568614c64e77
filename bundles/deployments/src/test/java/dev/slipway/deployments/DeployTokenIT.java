package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that deploy one app and do nothing else. */
class DeployTokenIT {
  static TestDeployments test;
  static TestAgent agent;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    agent = test.agent();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @BeforeEach
  void fresh() {
    test.platform.resetRateLimits();
  }

  static String tokens(UUID app) {
    return "/api/apps/" + app + "/deploy-tokens";
  }

  static Answer mint(TestClient user, UUID app) {
    return expect(201, user.post(tokens(app), Map.of("name", "ci")));
  }

  static TestClient holder(Answer minted) {
    return test.platform.bearer(minted.at("/token"));
  }

  private static void assertBound(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(403);
    assertThat(answer.at("/code")).isEqualTo("auth.credential-bound");
  }

  @Test
  void aTokenUploadsDeploysAndFollowsItsApp() throws Exception {
    var app = test.emptyApp(agent, Map.of());
    var minted = mint(test.user, app);
    var ci = holder(minted);
    var path = "/api/apps/" + app;
    var archive = TestArchive.of("Dockerfile", "FROM scratch\n");
    var upload = ci.send("POST", path + "/source-archives", archive, "application/gzip");
    var commit = expect(201, upload).at("/archive/commit_sha");
    var started = expect(202, ci.post(path + "/deployments", Map.of("commit_sha", commit)));
    var id = UUID.fromString(started.at("/deployment/id"));
    assertThat(started.at("/deployment/trigger")).isEqualTo("token");
    test.untilStatus(id, "live");
    var own = path + "/deployments/" + id;
    assertThat(expect(200, ci.get(own)).at("/deployment/status")).isEqualTo("live");
    assertThat(expect(200, ci.get(own + "/logs")).at("/status")).isEqualTo("live");
    try (var progress = ci.stream(own + "/progress")) {
      assertThat(progress.lines().anyMatch(line -> line.startsWith("event: done"))).isTrue();
    }
    assertThat(test.user.get(tokens(app)).at("/deploy_tokens/0/last_used_at")).isNotEmpty();
  }

  @Test
  void noOtherOperationIsOpenToIt() {
    var app = test.app(agent);
    var live = test.live(app);
    var ci = holder(mint(test.user, app)).with("X-Tenant-ID", test.tenant.toString());
    var open = new TreeSet<String>();
    var document = test.platform.anonymous().get("/api/docs/openapi.json").json();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb -> {
                          if (verb.getValue().has("x-bound")) {
                            open.add(verb.getValue().path("operationId").asText());
                          } else if (!verb.getValue().path("x-access").asText().equals("none")) {
                            var address =
                                path.getKey()
                                    .replace("{appId}", app.toString())
                                    .replaceFirst("^(/api/apps/)\\{id}", "$1" + app)
                                    .replaceAll("\\{[^}]*}", live.toString());
                            assertBound(
                                ci.send(verb.getKey().toUpperCase(), address, null, "text/plain"));
                          }
                        }));
    assertThat(open)
        .containsExactly(
            "deployments.app-deployment.get",
            "deployments.app-log.read",
            "deployments.archive.create",
            "deployments.deployment.create",
            "deployments.progress.stream");
  }

  @Test
  void anotherAppIsClosedToIt() {
    var ci = holder(mint(test.user, test.app(agent)));
    var other = test.app(agent);
    var live = test.live(other);
    assertBound(ci.post("/api/apps/" + other + "/deployments", Map.of()));
    assertBound(ci.get("/api/apps/" + other + "/deployments/" + live));
    assertBound(ci.get("/api/apps/" + other + "/deployments/" + live + "/progress"));
    assertBound(ci.get("/api/apps/not-an-id/deployments/" + live));
    var elsewhere = ci.with("X-Tenant-ID", Ids.next().toString());
    assertThat(elsewhere.post("/api/apps/" + other + "/deployments", Map.of()).status())
        .isEqualTo(403);
  }

  @Test
  void aDeploymentOfAnotherAppIsNotFoundBehindTheOwn() {
    var app = test.app(agent);
    var foreign = test.live(test.app(agent));
    var ci = holder(mint(test.user, app));
    for (var end : List.of("", "/logs", "/progress")) {
      var answer = ci.get("/api/apps/" + app + "/deployments/" + foreign + end);
      assertThat(answer.status()).as(end).isEqualTo(404);
    }
  }

  @Test
  void itIsShownOnceAndKeptAsAHash() {
    var app = test.app(agent);
    var minted = mint(test.user, app);
    var token = minted.at("/token");
    assertThat(token)
        .matches("sdt_[A-Za-z0-9_-]{64}")
        .startsWith(minted.at("/deploy_token/prefix"));
    assertThat(minted.at("/deploy_token/prefix").length()).isLessThan(13);
    assertThat(test.user.get(tokens(app)).text()).doesNotContain(token);
    assertThat(test.rowsWith("%", token)).as("the token is kept nowhere").isEmpty();
    assertThat(test.types(app)).contains("created");
  }

  @Test
  void everybodySeesTheirOwnTokensAlone() {
    var app = test.app(agent);
    mint(test.user, app);
    var colleague = test.platform.as(test.tenant, Role.USER);
    var theirs = mint(colleague, app);
    assertThat(colleague.get(tokens(app)).json().at("/deploy_tokens")).hasSize(1);
    assertThat(test.user.get(tokens(app)).text()).doesNotContain(theirs.at("/deploy_token/id"));
    var path = tokens(app) + "/" + theirs.at("/deploy_token/id");
    assertThat(test.user.delete(path).status()).isEqualTo(404);
    assertThat(test.platform.as(test.tenant, Role.ADMIN).delete(path).status()).isEqualTo(204);
    assertThat(colleague.get(tokens(app)).json().at("/deploy_tokens")).isEmpty();
    assertThat(holder(theirs).post("/api/apps/" + app + "/deployments", null).status())
        .isEqualTo(401);
  }

  @Test
  void aStrangerNeitherSeesMakesNorRevokes() {
    var app = test.app(agent);
    var minted = mint(test.user, app);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(tokens(app)).status()).isEqualTo(404);
    assertThat(stranger.post(tokens(app), Map.of("name", "mine")).status()).isEqualTo(404);
    var path = tokens(app) + "/" + minted.at("/deploy_token/id");
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    var otherApp = tokens(test.app(agent)) + "/" + minted.at("/deploy_token/id");
    assertThat(test.user.delete(otherApp).status()).isEqualTo(404);
    assertThat(holder(minted).post("/api/apps/" + app + "/deployments", null).status())
        .isEqualTo(202);
  }

  @Test
  void aRevokedTokenIsWorthNothingFromTheNextCallOn() {
    var app = test.app(agent);
    var minted = mint(test.user, app);
    var ci = holder(minted);
    var path = "/api/apps/" + app + "/deployments";
    assertThat(ci.post(path, null).status()).isEqualTo(202);
    var own = tokens(app) + "/" + minted.at("/deploy_token/id");
    assertThat(test.user.delete(own).status()).isEqualTo(204);
    assertThat(test.user.delete(own).status()).isEqualTo(404);
    assertThat(ci.post(path, null).status()).isEqualTo(401);
    assertThat(test.types(app)).contains("revoked");
  }

  @Test
  void anExpiredTokenIsWorthNothing() {
    var app = test.app(agent);
    var body = Map.of("name", "short", "expires_in_days", 1);
    var minted = expect(201, test.user.post(tokens(app), body));
    assertThat(Instant.parse(minted.at("/deploy_token/expires_at"))).isAfter(Instant.now());
    var path = "/api/apps/" + app + "/deployments";
    assertThat(holder(minted).post(path, null).status()).isEqualTo(202);
    test.sql(
        "update deployments_token set expires_at = "
            + TestDeployments.ago(1)
            + " where id = '"
            + minted.at("/deploy_token/id")
            + "'");
    assertThat(holder(minted).post(path, null).status()).isEqualTo(401);
  }

  @Test
  void theTokensOfASuspendedUserDieForGood() throws Exception {
    var app = test.app(agent);
    var maker = test.platform.as(test.tenant, Role.USER);
    var ci = holder(mint(maker, app));
    var path = "/api/apps/" + app + "/deployments";
    assertThat(ci.post(path, null).status()).isEqualTo(202);
    test.platform.unseat(maker.userId());
    assertThat(ci.post(path, null).status()).as("at once").isEqualTo(401);
    hear("accounts.user.deactivated", null, maker.userId());
    assertThat(rows("created_by", maker.userId())).isEmpty();
  }

  @Test
  void whoLeavesOneTenantKeepsTheTokensOfOthers() throws Exception {
    var app = test.app(agent);
    var maker = test.platform.as(test.tenant, Role.USER);
    mint(maker, app);
    hear("accounts.member.removed", Ids.next(), maker.userId());
    assertThat(rows("created_by", maker.userId())).hasSize(1);
    hear("accounts.member.removed", test.tenant, maker.userId());
    assertThat(rows("created_by", maker.userId())).isEmpty();
  }

  @Test
  void tokensGoWithTheirApp() {
    var app = test.emptyApp(agent, Map.of());
    mint(test.user, app);
    expect(202, test.user.delete("/api/apps/" + app));
    test.until("the app is gone", () -> test.user.get("/api/apps/" + app).status() == 404);
    test.until("its tokens are gone", () -> rows("app_id", app).isEmpty());
  }

  @Test
  void aDeploymentByTokenIsAuditedInItsNameAndItsMakers() {
    var app = test.app(agent);
    var minted = mint(test.user, app);
    var answer = holder(minted).post("/api/apps/" + app + "/deployments", null);
    var request = expect(202, answer).header("X-Request-ID").orElseThrow();
    assertThat(test.platform.audited(request)).containsExactly("deployments.deployment.create");
    assertThat(test.platform.auditDetails(request)).contains(test.user.userId().toString());
    assertThat(
            test.query(
                "select api_key_id::text from security_audit where request_id = '" + request + "'"))
        .containsExactly(minted.at("/deploy_token/id"));
  }

  @Test
  void badWishesAreNamed() {
    var app = test.app(agent);
    var bad = new ArrayList<Map<String, Object>>();
    bad.add(Map.of());
    bad.add(Map.of("name", " "));
    bad.add(Map.of("name", "x".repeat(81)));
    bad.add(Map.of("name", "a\u0000b"));
    for (var days : new Object[] {0, -1, 3651, 1L << 40, "soon", 1.5}) {
      bad.add(new HashMap<>(Map.of("name", "ci", "expires_in_days", days)));
    }
    for (var body : bad) {
      assertThat(test.user.post(tokens(app), body).status()).as(body.toString()).isEqualTo(400);
    }
    for (var nonsense :
        List.of("sdt_", "sdt_short", "sdt_" + "a".repeat(64), "sdt_" + "a".repeat(8_000))) {
      var answer = test.platform.bearer(nonsense).post("/api/apps/" + app + "/deployments", null);
      assertThat(answer.status()).as(nonsense).isEqualTo(401);
    }
  }

  @Test
  void aUserHasSoManyTokensForAnApp() {
    var app = test.app(agent);
    IntStream.range(0, 50).forEach(number -> mint(test.user, app));
    var one = test.user.post(tokens(app), Map.of("name", "one more"));
    assertThat(one.status()).isEqualTo(409);
    assertThat(one.at("/code")).isEqualTo("deployments.token.too-many");
    mint(test.platform.as(test.tenant, Role.USER), app);
  }

  private static List<String> rows(String column, UUID id) {
    return test.query("select id from deployments_token where " + column + " = '" + id + "'");
  }

  private static void hear(String type, UUID tenant, UUID subject) throws Exception {
    var event = new StoredEvent(Ids.next(), "0", type, tenant, subject, Instant.now(), Map.of());
    for (var listener : test.wiring().listeners()) {
      if (listener.filter().matches(type)) {
        listener.on(event);
      }
    }
  }
}
