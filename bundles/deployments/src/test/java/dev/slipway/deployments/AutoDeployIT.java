package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pushes into the platform's own repositories, and what the rule of the app makes of them. */
class AutoDeployIT {
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

  static void settings(UUID app, Map<String, Object> change) {
    expect(200, test.user.patch("/api/apps/" + app + "/deployment-settings", change));
  }

  static JsonNode pushes(UUID app) {
    return expect(200, test.user.get("/api/apps/" + app + "/pushes")).json().path("pushes");
  }

  static void push(UUID app, String branch, String commit, String... paths) {
    test.database.run(
        Scope.tenant(test.tenant),
        () ->
            test.platform
                .events()
                .publish(
                    new SourceEvent.Pushed(
                        test.tenant,
                        app,
                        branch,
                        commit,
                        "a change",
                        List.of(paths),
                        true,
                        test.user.userId())));
  }

  static void untilPushes(UUID app, int number) {
    test.until(number + " pushes are noted", () -> pushes(app).size() == number);
  }

  @Test
  void aPushThatTheRuleTakesIsDeployedOnce() {
    var app = test.emptyApp(agent, Map.of());
    var commit = test.upload(app, "Dockerfile", "FROM scratch\n");
    settings(app, Map.of("auto_deploy", true, "include_paths", List.of("web/**")));
    push(app, "main", commit, "web/index.html");
    untilPushes(app, 1);
    var noted = pushes(app).get(0);
    assertThat(noted.path("outcome").asText()).isEqualTo("deployed");
    assertThat(noted.path("changed_paths").asInt()).isOne();
    assertThat(noted.path("pushed_by").asText()).isEqualTo(test.user.userId().toString());
    var id = UUID.fromString(noted.path("deployment_id").asText());
    test.untilStatus(id, "live");
    var shown = test.deployment(id);
    assertThat(shown.at("/deployment/trigger")).isEqualTo("push");
    assertThat(shown.at("/deployment/commit_sha")).isEqualTo(commit);
    assertThat(shown.at("/deployment/created_by")).isEqualTo(test.user.userId().toString());
    test.deliverAllAgain();
    assertThat(pushes(app)).hasSize(1);
    var all = test.user.get("/api/apps/" + app + "/deployments");
    assertThat(all.at("/total")).isEqualTo("1");
  }

  @Test
  void aPushThatIsLeftOutTellsWhy() {
    var app = test.emptyApp(agent, Map.of());
    var commit = test.upload(app, "Dockerfile", "FROM scratch\n");
    push(app, "main", commit, "web/index.html");
    untilPushes(app, 1);
    settings(
        app,
        Map.of(
            "auto_deploy",
            true,
            "auto_deploy_branches",
            List.of("main", "release/*"),
            "include_paths",
            List.of("web/**"),
            "ignore_paths",
            List.of("**/*.md")));
    push(app, "feature/x", commit, "web/index.html");
    untilPushes(app, 2);
    push(app, "main", commit, "api/a.js");
    untilPushes(app, 3);
    push(app, "main", commit, "web/README.md");
    untilPushes(app, 4);
    var noted = pushes(app);
    assertThat(noted.findValuesAsText("outcome")).containsOnly("skipped");
    assertThat(noted.findValuesAsText("reason"))
        .containsExactly(
            "all changed paths are ignored",
            "no changed path is one of those that deploy",
            "the branch is none of those that deploy",
            "automatic deployments of the app are off");
    assertThat(test.types(app)).filteredOn("skipped"::equals).hasSize(4);
    assertThat(test.user.get("/api/apps/" + app + "/deployments").at("/total")).isEqualTo("0");
  }

  @Test
  void anEnvironmentThatDeploysByItselfGetsThePushesToItsBranch() {
    var app = test.emptyApp(agent, Map.of());
    var commit = test.upload(app, "Dockerfile", "FROM scratch\n");
    var body = Map.of("name", "Staging", "stage", "staging", "branch", "main", "auto_deploy", true);
    var staging = test.user.post("/api/apps/" + app + "/environments", body);
    var environment = expect(201, staging).at("/environment/id");
    settings(app, Map.of("ignore_paths", List.of("docs/")));
    push(app, "main", commit, "src/a.js");
    untilPushes(app, 1);
    var noted = pushes(app).get(0);
    assertThat(noted.path("environment_id").asText()).isEqualTo(environment);
    var id = UUID.fromString(noted.path("deployment_id").asText());
    test.untilStatus(id, "live");
    assertThat(test.deployment(id).at("/deployment/environment_id")).isEqualTo(environment);
    push(app, "main", commit, "docs/a.md");
    untilPushes(app, 2);
    assertThat(pushes(app).get(0).path("reason").asText()).contains("ignored");
    settings(app, Map.of("auto_deploy", true));
    push(app, "main", commit, "src/b.js");
    untilPushes(app, 4);
    assertThat(pushes(app).findValuesAsText("outcome"))
        .containsExactly("deployed", "deployed", "skipped", "deployed");
    push(app, "other", commit, "src/b.js");
    untilPushes(app, 5);
    assertThat(pushes(app).get(0).path("environment_id").isNull()).isTrue();
  }

  @Test
  void aPushThatCanNotBeDeployedIsNotedAndNotTriedAgain() {
    var app = test.app(agent);
    settings(app, Map.of("auto_deploy", true));
    push(app, "main", "0".repeat(40), "a");
    untilPushes(app, 1);
    var noted = pushes(app).get(0);
    assertThat(noted.path("outcome").asText()).isEqualTo("refused");
    assertThat(noted.path("reason").asText()).contains("no such commit");
    assertThat(test.types(app)).contains("refused");
  }

  @Test
  void pushesAreTheTenantsOwn() {
    var app = test.app(agent);
    push(app, "main", "0".repeat(40), "a");
    untilPushes(app, 1);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get("/api/apps/" + app + "/pushes").status()).isEqualTo(404);
    var page = test.user.get("/api/apps/" + app + "/pushes?limit=1&offset=1");
    assertThat(page.json().path("pushes")).isEmpty();
    assertThat(page.at("/total")).isEqualTo("1");
  }

  @Test
  void pushesGoWithTheirApp() {
    var app = test.emptyApp(agent, Map.of());
    push(app, "main", "0".repeat(40), "a");
    untilPushes(app, 1);
    expect(202, test.user.delete("/api/apps/" + app));
    test.until(
        "they are gone",
        () -> test.query("select id from deployments_push where app_id = '" + app + "'").isEmpty());
  }
}
