package dev.slipway.deployments;

import static dev.slipway.fleet.CommandType.APP_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.testkit.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deployment defaults, and whether an app could deploy. */
class SettingsIT {
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

  static String path(UUID app) {
    return "/api/apps/" + app + "/deployment-settings";
  }

  static Answer readiness(UUID app) {
    return TestDeployments.expect(200, test.user.get("/api/apps/" + app + "/deployment-readiness"));
  }

  static String status(Answer readiness, String key) {
    for (var check : readiness.json().at("/checks")) {
      if (check.path("key").asText().equals(key)) {
        return check.path("status").asText();
      }
    }
    throw new AssertionError(key + " was not checked: " + readiness.text());
  }

  @Test
  void defaultsApplyUntilTheyAreChanged() {
    var app = test.app(agent);
    var usual = test.user.get(path(app));
    assertThat(usual.at("/settings/default_branch")).isEqualTo("main");
    assertThat(usual.at("/settings/auto_deploy")).isEqualTo("false");
    assertThat(usual.at("/settings/concurrency")).isEqualTo("queue");
    var changed =
        test.user.patch(path(app), Map.of("auto_deploy", true, "include_paths", List.of("src/**")));
    assertThat(changed.at("/settings/auto_deploy")).isEqualTo("true");
    var again = test.user.patch(path(app), Map.of("keep_deployments", 3));
    assertThat(again.at("/settings/include_paths/0")).isEqualTo("src/**");
    assertThat(again.at("/settings/keep_deployments")).isEqualTo("3");
    assertThat(test.user.get(path(app)).at("/settings")).isEqualTo(again.at("/settings"));
    assertThat(test.types(app)).contains("changed");
  }

  @Test
  void theDefaultBranchIsWhatIsDeployed() {
    var app = test.app(agent);
    TestDeployments.expect(200, test.user.patch(path(app), Map.of("default_branch", "other")));
    var answer = test.user.post("/api/apps/" + app + "/deployments", Map.of());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.fields()).containsExactly("branch");
    assertThat(status(readiness(app), "source")).isEqualTo("fail");
  }

  @Test
  void aBuildEndsAfterTheTimeThatTheAppGivesIt() {
    var silent = test.agent().on(APP_BUILD, TestAgent.Reply.silence());
    var app = test.app(silent);
    TestDeployments.expect(200, test.user.patch(path(app), Map.of("build_timeout_seconds", 60)));
    var id = test.deploy(app);
    test.until("it builds", () -> !silent.seen(APP_BUILD).isEmpty());
    assertThat(
            test.query(
                "select extract(epoch from deadline_at - started_at)::int from deployments_step"
                    + " where kind = 'build' and run_id = '"
                    + id
                    + "'"))
        .as("the limit, and the grace that the fleet has to say so")
        .containsExactly("180");
  }

  @Test
  void badSettingsAreNamed() {
    var app = test.app(agent);
    var bad = new HashMap<String, Object>();
    bad.put("default_branch", "a b");
    bad.put("concurrency", "sometimes");
    bad.put("build_timeout_seconds", 1);
    bad.put("keep_deployments", 0);
    bad.put("include_paths", List.of("/etc"));
    bad.put("auto_deploy", null);
    bad.forEach(
        (member, value) -> {
          var body = new HashMap<String, Object>();
          body.put(member, value);
          assertThat(test.user.patch(path(app), body).status()).as(member).isEqualTo(400);
        });
    assertThat(test.user.patch(path(app), Map.of("default_environment_id", Ids.next())).status())
        .isEqualTo(404);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(path(app)).status()).isEqualTo(404);
    assertThat(stranger.patch(path(app), Map.of("auto_deploy", true)).status()).isEqualTo(404);
    assertThat(stranger.get("/api/apps/" + app + "/deployment-readiness").status()).isEqualTo(404);
  }

  @Test
  void readinessTellsWhatStandsInTheWay() {
    var own = test.agent();
    var app = test.emptyApp(own, Map.of());
    var without = readiness(app);
    assertThat(without.at("/ready")).isEqualTo("false");
    assertThat(status(without, "source")).isEqualTo("fail");
    assertThat(status(without, "agent")).isEqualTo("pass");
    test.upload(app, "Dockerfile", "FROM scratch\n");
    assertThat(readiness(app).at("/ready")).isEqualTo("true");
    test.platform
        .as(test.tenant, Role.ADMIN)
        .put("/api/apps/" + app + "/approval-policy", Map.of("enabled", true));
    assertThat(status(readiness(app), "approval")).isEqualTo("warn");
    test.sql("update fleet_server set status = 'offline' where id = '" + own.server() + "'");
    var offline = readiness(app);
    assertThat(status(offline, "agent")).isEqualTo("fail");
    assertThat(offline.at("/ready")).isEqualTo("false");
    test.sql(
        "update fleet_server set status = 'online', is_cordoned = true where id = '"
            + own.server()
            + "'");
    assertThat(status(readiness(app), "cordon")).isEqualTo("fail");
  }
}
