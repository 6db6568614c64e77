package dev.slipway.deployments.resource.overview;

import static dev.slipway.deployments.TestDeployments.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.deployments.TestAgent;
import dev.slipway.deployments.TestDeployments;
import dev.slipway.fleet.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsolePartResourceIT {
  static final String APPS = "/console/parts/apps";
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

  private static String show(String path) {
    var answer = expect(200, test.user.get(path));
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
    return answer.text();
  }

  private static String deploymentPart(UUID id) {
    return show("/console/parts/deployments/" + id);
  }

  @Test
  void framesAreOpenAndHoldNothing() {
    var app = test.app(agent);
    for (var path :
        List.of("/console/apps", "/console/apps/" + app, "/console/deployments/" + app)) {
      var page = expect(200, test.platform.anonymous().get(path)).text();
      assertThat(page).contains("Content-Security-Policy", "data-part").doesNotContain("app-");
      assertThat(page).doesNotContain("http://", "https://").doesNotContainPattern("<script>");
    }
    assertThat(test.platform.anonymous().get("/console/apps/x").status()).isEqualTo(400);
  }

  @Test
  void whatIsOfAnotherTenantIsNotThere() {
    var app = test.app(agent);
    var deployment = test.live(app);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(APPS).text()).contains("There is no app yet").doesNotContain("app-");
    for (var path :
        List.of(
            APPS + "/" + app,
            "/console/parts/deployments/" + deployment,
            "/console/parts/deployments/" + deployment + "/log")) {
      assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
      assertThat(test.platform.anonymous().get(path).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void listIsSearchedAndPaged() {
    var name = "needle-" + Ids.next().toString().substring(30);
    for (var number = 1; number <= 3; number++) {
      test.emptyApp(agent, Map.of("name", name + "-" + number));
    }
    var first = show(APPS + "?search=" + name + "&limit=2");
    assertThat(first)
        .contains(name + "-1", name + "-2", "1–2 of 3", "offset=2", "never deployed")
        .doesNotContain(name + "-3", "rel=\"prev\"");
    var second = show(APPS + "?search=" + name + "&limit=2&offset=2");
    assertThat(second)
        .contains(name + "-3", "3–3 of 3", "rel=\"prev\"")
        .doesNotContain(name + "-1<");
    assertThat(show(APPS + "?search=" + name + "&status=running")).contains("No app fits");
    assertThat(show(APPS + "?search=" + name + "&status=")).contains(name + "-1");
    assertThat(test.user.get(APPS + "?status=fine").status()).isEqualTo(400);
  }

  @Test
  void listTellsTheNewestDeploymentOfEachApp() {
    var app = test.app(agent);
    test.live(app);
    test.upload(app, "Dockerfile", "FROM scratch\nLABEL version=2\n");
    var newest = test.live(app);
    assertThat(show(APPS + "?search=" + test.app(app).name()))
        .containsOnlyOnce("/console/deployments/")
        .contains("/console/deployments/" + newest, "running", "live");
  }

  @Test
  void whatPeopleTypeIsEscapedAndValuesAreNotShown() {
    var app = test.app(agent);
    var variables = "/api/apps/" + app + "/env-vars";
    expect(201, test.user.post(variables, Map.of("key", "PLAIN", "value", "plain-value-1")));
    expect(
        201,
        test.user.post(
            variables, Map.of("key", "HIDDEN", "value", "hidden-value-2", "is_secret", true)));
    var deployment = test.deploy(app, Map.of("message", "<script>alert(\"1\")</script>"));
    test.untilStatus(deployment, "live");
    for (var page : List.of(show(APPS + "/" + app), deploymentPart(deployment), show(APPS))) {
      assertThat(page)
          .contains("&lt;script&gt;alert(")
          .doesNotContain("<script", "plain-value-1", "hidden-value-2");
    }
    assertThat(show(APPS + "/" + app)).contains("PLAIN", "HIDDEN", "secret");
  }

  @Test
  void secretsThatNeedANewValueAreMarked() {
    var app = test.app(agent);
    var variables = "/api/apps/" + app + "/env-vars";
    var body = Map.of("key", "HIDDEN", "value", "hidden-value-2", "is_secret", true);
    var rule = "/api/env-vars/" + test.user.post(variables, body).at("/env_var/id") + "/rotation";
    assertThat(show(APPS + "/" + app)).doesNotContain("new value");
    var soon = Instant.now().plus(Duration.ofDays(3)).toString();
    expect(200, test.user.put(rule, Map.of("expires_at", soon)));
    assertThat(show(APPS + "/" + app)).contains("new value due");
    test.sql("update apps_secret_rotation set due_at = now() - interval '1 day'");
    assertThat(show(APPS + "/" + app)).contains("new value overdue");
  }

  @Test
  void appOffersWhatCanBeDoneToIt() {
    var app = test.app(agent);
    assertThat(show(APPS + "/" + app))
        .contains("never deployed", "data-dialog=\"deploy\"")
        .doesNotContain("data-dialog=\"stop\"", "data-dialog=\"rollback\"");
    test.live(app);
    test.upload(app, "Dockerfile", "FROM scratch\nLABEL version=2\n");
    var second = test.live(app);
    assertThat(show(APPS + "/" + app))
        .contains("data-dialog=\"restart\"", "data-dialog=\"stop\"", "data-dialog=\"rollback\"")
        .contains("/console/deployments/" + second)
        .doesNotContain("data-dialog=\"start\"", "data-follow=\"/api");
    test.untilOperation(test.act(app, "stop"), "succeeded");
    assertThat(show(APPS + "/" + app))
        .contains("data-dialog=\"start\"", "stopped")
        .doesNotContain("data-dialog=\"stop\"");
  }

  @Test
  void whatGoesOnIsFollowedAndWhatIsOverIsNot() {
    var silent = test.agent();
    silent.on(CommandType.APP_BUILD, TestAgent.Reply.silence());
    var app = test.app(silent);
    var deployment = test.deploy(app);
    test.untilStatus(deployment, "building");
    var progress = "data-follow=\"/api/apps/" + app + "/deployments/" + deployment + "/progress\"";
    assertThat(show(APPS + "/" + app)).contains(progress, "class=\"running\"");
    assertThat(deploymentPart(deployment)).contains(progress);
    assertThat(show("/console/parts/deployments/" + deployment + "/log"))
        .contains("data-follow=\"/api/apps/" + app + "/logs/stream\"", "Cloning the source");
    var over = test.live(test.app(agent));
    assertThat(deploymentPart(over)).doesNotContain("data-follow");
    assertThat(show("/console/parts/deployments/" + over + "/log")).doesNotContain("data-follow");
  }

  @Test
  void environmentIsNamedWhereADeploymentGoesToOne() {
    var app = test.app(agent);
    var made =
        expect(
            201, test.user.post("/api/apps/" + app + "/environments", Map.of("name", "rehearsal")));
    var deployment = test.deploy(app, Map.of("environment_id", made.at("/environment/id")));
    assertThat(deploymentPart(deployment)).contains("<dd>rehearsal</dd>");
    assertThat(show(APPS + "/" + app))
        .contains("to rehearsal", "<option value=\"" + made.at("/environment/id") + "\">");
  }

  @Test
  void failureIsToldWithItsCause() {
    var broken = test.agent();
    broken.on(CommandType.APP_BUILD, TestAgent.Reply.failed("exit code: 137"));
    var deployment = test.deploy(test.app(broken));
    test.until(
        "the cause is known",
        () ->
            !test.user
                .get("/api/deployments/" + deployment + "/diagnostics")
                .json()
                .at("/diagnostics")
                .isEmpty());
    assertThat(deploymentPart(deployment))
        .contains("Why it ended", "exit code: 137", "% sure", "class=\"broken\"");
  }

  @Test
  void versionIsComparedWithTheOneBefore() {
    var app = test.app(agent);
    assertThat(deploymentPart(test.live(app))).contains("No version was live before");
    expect(
        201,
        test.user.post(
            "/api/apps/" + app + "/env-vars", Map.of("key", "ADDED_LATER", "value", "x")));
    test.upload(app, "Dockerfile", "FROM scratch\nLABEL version=2\n");
    assertThat(deploymentPart(test.live(app)))
        .contains("New variables", "ADDED_LATER", "the version before", "Image");
  }

  @Test
  void approvalTellsWhoWantsItAndAsksThoseWhoMayDecide() {
    var app = test.app(agent);
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    var members = test.wiring().clients.members;
    members.add(test.tenant, test.user.userId(), "Someone who asks");
    members.add(test.tenant, admin.userId(), "Someone who decides");
    admin.put("/api/apps/" + app + "/approval-policy", Map.of("enabled", true));
    var held = test.deploy(app);
    var path = "/console/parts/deployments/" + held;
    assertThat(show(path))
        .contains("Someone who asks wants this version", "0 of 1 agree", "you are not an approver")
        .doesNotContain("data-dialog=\"approve\"");
    assertThat(admin.get(path).text())
        .contains("data-dialog=\"approve\"", "data-dialog=\"reject\"")
        .contains("data-call=\"/api/apps/" + app + "/deployments/" + held + "/reject\"")
        .containsPattern("name=\"comment\"[^>]* required");
    expect(
        200,
        admin.post(
            "/api/apps/" + app + "/deployments/" + held + "/reject",
            Map.of("comment", "not on a <Friday>")));
    assertThat(show(path))
        .contains("Someone who decides</strong> rejected it", "not on a &lt;Friday&gt;")
        .doesNotContain("data-dialog=\"approve\"");
  }
}
