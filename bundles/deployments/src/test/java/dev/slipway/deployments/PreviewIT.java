package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_REMOVE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.testkit.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pull requests that run in environments of their own. */
class PreviewIT {
  private static final String OWN = "acme/shop";
  private static final String ABROAD = "https://git.example.com/acme/shop";

  static TestDeployments test;

  TestAgent agent;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @BeforeEach
  void fresh() {
    test.platform.resetRateLimits();
    agent = test.agent();
  }

  /** An app with previews, and the hook that GitHub calls. */
  private record Shop(UUID app, String token) {
    Answer tell(String action, int number, String commit, String from) {
      var head = new HashMap<String, Object>();
      head.put("ref", "main");
      head.put("sha", commit);
      head.put("repo", from == null ? null : Map.of("full_name", from));
      var body =
          Map.of(
              "action",
              action,
              "pull_request",
              Map.of(
                  "number",
                  number,
                  "head",
                  head,
                  "base",
                  Map.of("ref", "main", "repo", Map.of("full_name", OWN))));
      return test.platform
          .anonymous()
          .with("X-GitHub-Event", "pull_request")
          .send(
              "POST",
              "/api/deploy-hooks/" + token + "/github",
              test.platform.json().write(body).getBytes(StandardCharsets.UTF_8),
              "application/json");
    }

    Answer open(int number, String commit) {
      return expect(202, tell("opened", number, commit, OWN));
    }

    UUID deployed(Answer answer) {
      assertThat(answer.at("/status")).as(answer.text()).isEqualTo("queued");
      return UUID.fromString(answer.at("/deployment_ids/0"));
    }

    String path() {
      return "/api/apps/" + app;
    }

    JsonNode previews(String status) {
      var query = status == null ? "" : "?status=" + status;
      return expect(200, test.user.get(path() + "/previews" + query)).json().path("previews");
    }

    void rules(int most, String full, String forks) {
      var body = Map.of("most", most, "when_full", full, "ttl_hours", 24, "forks", forks);
      var admin = test.platform.as(test.tenant, Role.ADMIN);
      expect(200, admin.put(path() + "/preview-rules", body));
    }

    void secret(String key, String value, String... stages) {
      var body =
          Map.of("key", key, "value", value, "is_secret", true, "stage_bindings", List.of(stages));
      expect(201, test.user.post(path() + "/env-vars", body));
    }
  }

  private Shop shop(Map<String, Object> settings) {
    var app = test.emptyApp(agent, settings);
    var enabled = Map.of("preview_enabled", true);
    expect(200, test.user.patch("/api/apps/" + app + "/deployment-settings", enabled));
    var hook = test.user.post("/api/apps/" + app + "/deploy-hooks", Map.of("name", "github"));
    return new Shop(app, expect(201, hook).at("/token"));
  }

  private Shop shop() {
    return shop(Map.of());
  }

  private Shop shopAbroad() {
    return shop(Map.of("repository_url", ABROAD));
  }

  private String commit(Shop shop, String content) {
    return test.upload(shop.app, "Dockerfile", "FROM scratch\nLABEL content=" + content + "\n");
  }

  @Test
  void aPullRequestRunsBesideTheAppAndGoesWithIt() {
    var shop = shop();
    var commit = commit(shop, "first");
    var production = test.live(shop.app);
    var id = shop.deployed(shop.open(12, commit));
    assertThat(shop.previews("open").get(0).path("status").asText()).isEqualTo("building");
    test.untilStatus(id, "live");
    var preview = shop.previews(null).get(0);
    assertThat(preview.path("status").asText()).isEqualTo("live");
    assertThat(preview.path("pull_request_number").asInt()).isEqualTo(12);
    assertThat(preview.path("branch").asText()).isEqualTo("main");
    assertThat(preview.path("deployment_id").asText()).isEqualTo(id.toString());
    var url = preview.path("url").asText();
    assertThat(url).contains("pr-12");
    assertThat(test.deployment(production).at("/deployment/preview_url")).isNotEqualTo(url);
    assertThat(test.status(production)).as("the app goes on").isEqualTo("live");
    var environment = preview.path("environment_id").asText();
    assertThat(test.deployment(id).at("/deployment/environment_id")).isEqualTo(environment);

    agent.forget();
    assertThat(expect(202, shop.tell("closed", 12, commit, OWN)).at("/status")).isEqualTo("closed");
    assertThat(shop.previews("open")).isEmpty();
    var closed = shop.previews("closed").get(0);
    assertThat(closed.path("status").asText()).isEqualTo("closed");
    assertThat(closed.path("closed_at").asText()).isNotEmpty();
    assertThat(closed.path("url").isNull()).isTrue();
    test.until("its process is stopped", () -> agent.seen(APP_STOP).size() == 1);
    test.until("its route is removed", () -> agent.seen(ROUTE_REMOVE).size() == 1);
    assertThat(agent.last(ROUTE_REMOVE).text("domain")).contains("pr-12");
    assertThat(test.status(production)).isEqualTo("live");
    assertThat(test.types(shop.app)).contains("opened", "updated", "closed");
    assertThat(expect(202, shop.tell("closed", 12, commit, OWN)).at("/status"))
        .as("said again it changes nothing")
        .isEqualTo("closed");
  }

  @Test
  void whatAPullRequestBroughtIsNotPromoted() {
    var shop = shop();
    var id = shop.deployed(shop.open(12, commit(shop, "first")));
    test.untilStatus(id, "live");
    var staging = new TestEnvironments(test).add(shop.app, "staging");
    var wish = Map.<String, Object>of("promote_from_deployment_id", id);
    var refused = new TestEnvironments(test).ask(staging, wish);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/code")).isEqualTo("deployments.promotion.preview");
    assertThat(refused.fields()).containsExactly("promote_from_deployment_id");
  }

  @Test
  void aNewCommitIsDeployedToTheSamePlaceOnce() {
    var shop = shop();
    var first = shop.deployed(shop.open(3, commit(shop, "first")));
    test.untilStatus(first, "live");
    var next = commit(shop, "second");
    var second = shop.deployed(expect(202, shop.tell("synchronize", 3, next, OWN)));
    assertThat(second).isNotEqualTo(first);
    assertThat(shop.deployed(expect(202, shop.tell("synchronize", 3, next, OWN))))
        .as("told once more")
        .isEqualTo(second);
    test.untilStatus(second, "live");
    assertThat(test.status(first)).isEqualTo("superseded");
    assertThat(shop.previews(null)).hasSize(1);
    assertThat(shop.previews(null).get(0).path("commit_sha").asText()).isEqualTo(next);
    assertThat(test.deployment(second).at("/deployment/environment_id"))
        .isEqualTo(test.deployment(first).at("/deployment/environment_id"));
  }

  @Test
  void previewSecretsAreThereAndProductionSecretsAreNot() {
    var shop = shop();
    shop.secret("FOR_PREVIEWS", "preview-secret-4711", "preview");
    shop.secret("FOR_ALL", "unbound-secret-4711");
    shop.secret("FOR_LIVE", "production-secret-4711", "production");
    expect(
        201, test.user.post(shop.path() + "/env-vars", Map.of("key", "PLAIN", "value", "plain")));
    test.untilStatus(shop.deployed(shop.open(1, commit(shop, "secrets"))), "live");
    var given = given();
    assertThat(given.path("FOR_PREVIEWS").asText()).isEqualTo("preview-secret-4711");
    assertThat(given.path("PLAIN").asText()).isEqualTo("plain");
    assertThat(given.has("FOR_ALL")).isFalse();
    assertThat(given.has("FOR_LIVE")).isFalse();
    assertThat(agent.seen().toString())
        .doesNotContain("unbound-secret-4711", "production-secret-4711");
    agent.forget();
    test.live(shop.app);
    var live = given();
    assertThat(live.path("FOR_LIVE").asText()).isEqualTo("production-secret-4711");
    assertThat(live.path("FOR_ALL").asText()).isEqualTo("unbound-secret-4711");
    assertThat(live.has("FOR_PREVIEWS")).isFalse();
  }

  /** What the instance got that was started last. */
  private JsonNode given() {
    return agent.seen(APP_DEPLOY).stream()
        .map(deploy -> deploy.payload().path("env_vars"))
        .filter(variables -> !variables.isMissingNode())
        .reduce((older, newer) -> newer)
        .orElseThrow();
  }

  @Test
  void forksGetNothingUntilTheyAreAllowed() {
    var shop = shopAbroad();
    var answer = expect(202, shop.tell("opened", 7, "a".repeat(40), "eve/shop"));
    assertThat(answer.at("/status")).isEqualTo("skipped");
    assertThat(answer.at("/reason")).contains("forks");
    assertThat(shop.previews(null)).isEmpty();
    assertThat(test.types(shop.app)).contains("refused");
    test.step();
    assertThat(agent.seen(APP_CLONE)).isEmpty();
  }

  @Test
  void anAllowedForkIsFetchedFromItsOwnRepositoryAndGetsNoSecret() {
    var shop = shopAbroad();
    shop.rules(5, "refuse", "on");
    shop.secret("FOR_PREVIEWS", "preview-secret-0815", "preview");
    var id = shop.deployed(expect(202, shop.tell("opened", 7, "b".repeat(40), "eve/shop")));
    test.untilStatus(id, "live");
    assertThat(agent.last(APP_CLONE).text("repo_url"))
        .isEqualTo("https://git.example.com/eve/shop.git");
    assertThat(agent.last(APP_CLONE).text("commit_sha")).isEqualTo("b".repeat(40));
    assertThat(given().has("FOR_PREVIEWS")).isFalse();
    assertThat(agent.seen().toString()).doesNotContain("preview-secret-0815");
    assertThat(shop.previews(null).get(0).path("fork").asBoolean()).isTrue();
    shop.deployed(shop.open(8, "c".repeat(40)));
    test.until("the own one is cloned", () -> agent.seen(APP_CLONE).size() == 2);
    assertThat(agent.last(APP_CLONE).text("repo_url")).isEqualTo(ABROAD);
  }

  @Test
  void aForkThatNeedsApprovalWaitsForAnAdminWithEachCommit() {
    var shop = shopAbroad();
    shop.rules(5, "refuse", "approve");
    shop.secret("FOR_PREVIEWS", "preview-secret-4242", "preview");
    var first = shop.deployed(expect(202, shop.tell("opened", 9, "d".repeat(40), "eve/shop")));
    assertThat(test.status(first)).isEqualTo("awaiting_approval");
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    expect(200, admin.post("/api/deployments/" + first + "/approve", Map.of("comment", "read")));
    test.untilStatus(first, "live");
    assertThat(given().path("FOR_PREVIEWS").asText()).isEqualTo("preview-secret-4242");
    var second =
        shop.deployed(expect(202, shop.tell("synchronize", 9, "e".repeat(40), "eve/shop")));
    assertThat(test.status(second)).isEqualTo("awaiting_approval");
    expect(202, shop.tell("closed", 9, "e".repeat(40), "eve/shop"));
    test.untilStatus(second, "cancelled");
  }

  @Test
  void aForkIsFetchedFromNowhereElse() {
    var shop = shopAbroad();
    shop.rules(5, "refuse", "on");
    for (var name :
        List.of("eve/../../x", "@evil.example/x/y", "eve", "eve/shop?x", "-x/y", "eve/shop/x")) {
      var answer = expect(202, shop.tell("opened", 7, "b".repeat(40), name));
      assertThat(answer.at("/status")).as(name).isEqualTo("skipped");
    }
    var gone = expect(202, shop.tell("opened", 7, "b".repeat(40), null));
    assertThat(gone.at("/status")).isEqualTo("skipped");
    var own = shop();
    own.rules(5, "refuse", "on");
    var uploaded = expect(202, own.tell("opened", 7, commit(own, "x"), "eve/shop"));
    assertThat(uploaded.at("/reason")).contains("can not be fetched");
  }

  @Test
  void theOldestMakesRoomOrTheNewOneIsRefused() {
    var shop = shopAbroad();
    shop.rules(2, "close_oldest", "off");
    shop.open(1, "1".repeat(40));
    shop.open(2, "2".repeat(40));
    shop.deployed(shop.tell("synchronize", 1, "3".repeat(40), OWN));
    shop.deployed(shop.open(4, "4".repeat(40)));
    assertThat(shop.previews("open").findValuesAsText("pull_request_number"))
        .containsExactly("4", "1");
    assertThat(shop.previews("closed").get(0).path("close_reason").asText()).contains("newer");
    shop.rules(2, "refuse", "off");
    var refused = shop.open(5, "5".repeat(40));
    assertThat(refused.at("/status")).isEqualTo("skipped");
    assertThat(refused.at("/reason")).contains("2 open previews");
    assertThat(shop.tell("synchronize", 4, "6".repeat(40), OWN).at("/status"))
        .as("those that are open go on")
        .isEqualTo("queued");
  }

  @Test
  void whatNobodyUpdatesIsClosedWhenItsTimeIsOver() {
    var shop = shopAbroad();
    shop.open(1, "1".repeat(40));
    shop.open(2, "2".repeat(40));
    test.wiring().expiry.run();
    assertThat(shop.previews("open")).hasSize(2);
    test.sql(
        "update deployments_preview set expires_at = "
            + TestDeployments.ago(1)
            + " where pull_request_number = 1 and app_id = '"
            + shop.app
            + "'");
    test.wiring().expiry.run();
    assertThat(shop.previews("open").findValuesAsText("pull_request_number")).containsExactly("2");
    assertThat(shop.previews("closed").get(0).path("close_reason").asText()).contains("updated");
  }

  @Test
  void withoutPreviewsAPullRequestLeadsToNothing() {
    var shop = shopAbroad();
    expect(
        200,
        test.user.patch(shop.path() + "/deployment-settings", Map.of("preview_enabled", false)));
    var answer = shop.open(1, "1".repeat(40));
    assertThat(answer.at("/status")).isEqualTo("skipped");
    assertThat(answer.at("/reason")).contains("off");
    assertThat(shop.previews(null)).isEmpty();
  }

  @Test
  void aPullRequestThatCanNotBeDeployedLeavesNoPreviewBehind() {
    var shop = shop();
    commit(shop, "x");
    var answer = shop.open(1, "0".repeat(40));
    assertThat(answer.at("/status")).isEqualTo("skipped");
    assertThat(answer.at("/reason")).contains("no such commit");
    assertThat(shop.previews(null)).isEmpty();
    assertThat(test.types(shop.app)).contains("refused");
  }

  @Test
  void aFailedPreviewIsShownAsFailed() {
    agent.on(APP_BUILD, TestAgent.Reply.failed("exit code: 1"));
    var shop = shop();
    test.untilStatus(shop.deployed(shop.open(1, commit(shop, "x"))), "failed");
    assertThat(shop.previews("open").get(0).path("status").asText()).isEqualTo("failed");
  }

  @Test
  void closingByHandTakesItDown() {
    var shop = shop();
    test.untilStatus(shop.deployed(shop.open(1, commit(shop, "x"))), "live");
    var path = shop.path() + "/previews/" + shop.previews(null).get(0).path("id").asText();
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.post(path + "/close", null).status()).isEqualTo(404);
    assertThat(stranger.get(shop.path() + "/previews").status()).isEqualTo(404);
    assertThat(stranger.get(shop.path() + "/preview-rules").status()).isEqualTo(404);
    var other = shop();
    assertThat(
            test.user
                .post(path.replace(shop.app.toString(), other.app.toString()) + "/close", null)
                .status())
        .isEqualTo(404);
    assertThat(expect(200, test.user.post(path + "/close", null)).at("/preview/status"))
        .isEqualTo("closed");
    assertThat(expect(200, test.user.post(path + "/close", null)).at("/preview/status"))
        .isEqualTo("closed");
    test.until("its process is stopped", () -> agent.seen(APP_STOP).size() == 1);
    assertThat(test.user.get(shop.path() + "/environments").json().at("/environments")).isEmpty();
  }

  @Test
  void removingItsEnvironmentClosesIt() {
    var shop = shop();
    test.untilStatus(shop.deployed(shop.open(1, commit(shop, "x"))), "live");
    var environment = shop.previews(null).get(0).path("environment_id").asText();
    expect(204, test.user.delete(shop.path() + "/environments/" + environment));
    test.until("it is closed", () -> shop.previews("open").isEmpty());
    shop.deployed(shop.open(1, commit(shop, "y")));
    assertThat(shop.previews(null)).as("and can be opened again").hasSize(2);
  }

  @Test
  void stoppingKillsTheProcessAndLeavesThePreviewOpen() {
    var shop = shop();
    var id = shop.deployed(shop.open(1, commit(shop, "x")));
    test.untilStatus(id, "live");
    agent.forget();
    var path = shop.path() + "/deployments/" + id + "/preview/stop";
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.post(path, null).status()).isEqualTo(404);
    assertThat(expect(200, test.user.post(path, null)).at("/deployment/id"))
        .isEqualTo(id.toString());
    test.until("its process is stopped", () -> agent.seen(APP_STOP).size() == 1);
    test.until("its route is removed", () -> agent.seen(ROUTE_REMOVE).size() == 1);
    expect(200, test.user.post(path, null));
    assertThat(shop.previews("open")).hasSize(1);
    assertThat(shop.previews("open").get(0).path("url").isNull()).isTrue();
    var again = shop.deployed(shop.tell("synchronize", 1, commit(shop, "y"), OWN));
    test.untilStatus(again, "live");
    assertThat(shop.previews("open").get(0).path("url").asText()).contains("pr-1");
    assertThat(agent.seen(APP_STOP)).as("what was gone is not stopped again").hasSize(1);
    var production = test.live(shop.app);
    var refused =
        test.user.post(shop.path() + "/deployments/" + production + "/preview/stop", null);
    assertThat(refused.status()).isEqualTo(409);
  }

  @Test
  void rulesAreForAdminsAndWithinBounds() {
    var shop = shop();
    var usual = expect(200, test.user.get(shop.path() + "/preview-rules"));
    assertThat(usual.at("/preview_rules/forks")).isEqualTo("off");
    var good = Map.of("most", 1, "when_full", "refuse", "ttl_hours", 1, "forks", "approve");
    assertThat(test.user.put(shop.path() + "/preview-rules", good).status()).isEqualTo(403);
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    var set = expect(200, admin.put(shop.path() + "/preview-rules", good));
    assertThat(test.user.get(shop.path() + "/preview-rules").at("/preview_rules"))
        .isEqualTo(set.at("/preview_rules"));
    for (var bad :
        List.<Map<String, Object>>of(
            Map.of("most", 0),
            Map.of("most", 51),
            Map.of("ttl_hours", 0),
            Map.of("ttl_hours", 8_761),
            Map.of("forks", "maybe"),
            Map.of("when_full", "explode"))) {
      var body = new HashMap<String, Object>(good);
      body.putAll(bad);
      assertThat(admin.put(shop.path() + "/preview-rules", body).status())
          .as(bad.toString())
          .isEqualTo(400);
    }
  }

  @Test
  void hostilePullRequestsAreRefused() {
    var shop = shopAbroad();
    assertThat(shop.tell("opened", 0, "1".repeat(40), OWN).status()).isEqualTo(400);
    assertThat(shop.tell("opened", -1, "1".repeat(40), OWN).status()).isEqualTo(400);
    for (var commit : List.of("", "main", "--output=x", "1".repeat(39), "A".repeat(40))) {
      assertThat(shop.tell("opened", 1, commit, OWN).status()).as(commit).isEqualTo(400);
    }
    assertThat(shop.tell("labeled", 1, "", OWN).at("/status")).isEqualTo("ignored");
    assertThat(shop.previews(null)).isEmpty();
  }

  @Test
  void previewsGoWithTheirApp() {
    var shop = shopAbroad();
    shop.open(1, "1".repeat(40));
    expect(202, test.user.delete(shop.path()));
    test.until(
        "they are gone",
        () ->
            test.query("select id from deployments_preview where app_id = '" + shop.app + "'")
                .isEmpty());
  }
}
