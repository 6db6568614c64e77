package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.completed;
import static dev.slipway.deployments.TestAgent.Reply.silence;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppStatus;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One deployment of an app at a time; the others wait, and may be called off. */
class QueueIT {
  static TestDeployments test;
  static TestClient admin;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    admin = test.platform.as(test.tenant, Role.ADMIN);
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static String queue(UUID app) {
    return "/api/apps/" + app + "/deployment-intents";
  }

  static UUID intent(UUID deployment) {
    return UUID.fromString(test.deployment(deployment).at("/deployment/intent_id"));
  }

  static Answer intentOf(UUID app, UUID deployment) {
    return TestDeployments.expect(200, test.user.get(queue(app) + "/" + intent(deployment)));
  }

  static void put(UUID app, String member, Object value) {
    var answer =
        test.user.patch("/api/apps/" + app + "/deployment-settings", Map.of(member, value));
    TestDeployments.expect(200, answer);
  }

  /** An app whose first deployment builds for as long as its agent is silent. */
  record Building(TestAgent agent, UUID app, UUID first) {
    static Building start() {
      var agent = test.agent().on(APP_BUILD, silence());
      var app = test.app(agent);
      var first = test.deploy(app);
      test.until("it builds", () -> !agent.seen(APP_BUILD).isEmpty());
      return new Building(agent, app, first);
    }

    void end(TestAgent.Reply reply) {
      var build = agent.last(APP_BUILD);
      agent.heal(APP_BUILD);
      agent.end(build, reply);
    }
  }

  @Test
  void thoseThatWaitStartByThemselvesInTheOrderInWhichTheyCame() {
    var building = Building.start();
    var app = building.app;
    var answer = test.user.post("/api/apps/" + app + "/deployments", Map.of());
    assertThat(answer.at("/deployment/status")).isEqualTo("queued");
    assertThat(answer.at("/intent/reason")).isEqualTo("deployment_in_progress");
    assertThat(answer.at("/intent/position")).isEqualTo("1");
    assertThat(answer.json().at("/intent/deployment_id").isNull()).isTrue();
    var second = UUID.fromString(answer.at("/deployment/id"));
    var third = test.deploy(app);
    assertThat(intentOf(app, third).at("/intent/position")).isEqualTo("2");
    assertThat(test.deployment(building.first).json().at("/deployment/intent_id").isNull())
        .isTrue();

    building.end(completed("built"));
    test.untilStatus(third, "live");
    for (var id : List.of(building.first, second)) {
      assertThat(test.status(id)).isEqualTo("superseded");
      assertThat(test.types(id)).containsSubsequence("succeeded", "superseded");
    }
    assertThat(intentOf(app, second).at("/intent/status")).isEqualTo("dispatched");
    assertThat(intentOf(app, second).at("/intent/position")).isEqualTo("0");
    assertThat(intentOf(app, second).at("/intent/deployment_id")).isEqualTo(second.toString());
    assertThat(test.user.get(queue(app)).json().at("/intents")).isEmpty();
    assertThat(test.user.get(queue(app) + "?status=dispatched").json().at("/intents")).hasSize(2);
    assertThat(test.user.get(queue(app) + "?status=nonsense").fields()).containsExactly("status");
  }

  @Test
  void whatWaitsIsStartedAfterACrashInWhicheverOrderItIsLookedAt() {
    var building = Building.start();
    var second = test.deploy(building.app);
    var third = test.deploy(building.app);
    // The platform dies before it hears of the end, and looks at the last one first.
    test.restart();
    test.wiring().engine.advance(test.tenant, third);
    assertThat(test.status(third)).isEqualTo("queued");
    building.end(completed("built"));
    test.until(
        "both have run",
        () -> {
          test.wiring().sweep.run();
          return test.status(third).equals("live");
        });
    assertThat(test.status(second)).isEqualTo("superseded");
  }

  @Test
  void oneThatWaitsIsCalledOffAndTheAppGoesOn() {
    var building = Building.start();
    var app = building.app;
    var second = test.deploy(app);
    var third = test.deploy(app);
    var answer = test.user.post("/api/deployments/" + second + "/cancel", Map.of("reason", "no"));
    assertThat(answer.at("/deployment/status")).isEqualTo("cancelled");
    assertThat(answer.at("/deployment/error_message")).isEqualTo("no");
    assertThat(intentOf(app, second).at("/intent/status")).isEqualTo("cancelled");
    assertThat(intentOf(app, second).at("/intent/decision_reason")).isEqualTo("no");
    assertThat(intentOf(app, third).at("/intent/position")).isEqualTo("1");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.BUILDING);
    var path = queue(app) + "/" + intent(third) + "/cancel";
    assertThat(test.user.post(path, null).at("/intent/status")).isEqualTo("cancelled");
    assertThat(test.status(third)).isEqualTo("cancelled");
    assertThat(test.user.post(path, null).status()).isEqualTo(409);
    for (var id : List.of(building.first, second)) {
      assertThat(test.user.post("/api/deployments/" + id + "/cancel", null).status())
          .isEqualTo(409);
    }
    building.end(completed("built"));
    test.untilStatus(building.first, "live");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
  }

  @Test
  void anAdminTurnsDownOrWavesThroughWhatWaits() {
    var building = Building.start();
    var app = building.app;
    var second = test.deploy(app);
    var third = test.deploy(app);
    var path = queue(app) + "/" + intent(second);
    assertThat(test.user.post(path + "/approve", null).status()).isEqualTo(403);
    assertThat(test.user.post(path + "/reject", null).status()).isEqualTo(403);
    var rejected = admin.post(path + "/reject", Map.of("reason", "not today"));
    assertThat(rejected.at("/intent/status")).isEqualTo("rejected");
    assertThat(rejected.at("/intent/decided_by")).isEqualTo(admin.userId().toString());
    assertThat(test.status(second)).isEqualTo("rejected");
    assertThat(admin.post(path + "/approve", null).status()).isEqualTo(409);
    var other = queue(app) + "/" + intent(third);
    assertThat(admin.post(other + "/approve", Map.of("comment", "fine")).at("/intent/status"))
        .isEqualTo("approved");
    assertThat(test.status(third)).isEqualTo("queued");
    building.end(completed("built"));
    test.untilStatus(third, "live");
  }

  @Test
  void whereItIsWantedTheNewestTakesThePlaceOfAllOthers() {
    var building = Building.start();
    var app = building.app;
    var second = test.deploy(app);
    put(app, "concurrency", "cancel_previous");
    var third = test.user.post("/api/apps/" + app + "/deployments", Map.of());
    assertThat(third.json().at("/intent").isNull()).isTrue();
    assertThat(test.status(building.first)).isEqualTo("cancelled");
    assertThat(test.status(second)).isEqualTo("superseded");
    assertThat(intentOf(app, second).at("/intent/status")).isEqualTo("cancelled");
    building.agent.heal(APP_BUILD);
    test.untilStatus(UUID.fromString(third.at("/deployment/id")), "live");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
  }

  @Test
  void anotherTenantFindsNothing() {
    var building = Building.start();
    var app = building.app;
    var waiting = test.deploy(app);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    var one = queue(app) + "/" + intent(waiting);
    assertThat(stranger.get(queue(app)).status()).isEqualTo(404);
    assertThat(stranger.get(one).status()).isEqualTo(404);
    for (var action : List.of("cancel", "approve", "reject")) {
      assertThat(stranger.post(one + "/" + action, null).status()).as(action).isEqualTo(404);
    }
    for (var action : List.of("cancel", "approve", "reject")) {
      assertThat(stranger.post("/api/deployments/" + waiting + "/" + action, null).status())
          .as(action)
          .isEqualTo(404);
    }
    var other = test.app(building.agent);
    assertThat(test.user.get(queue(other) + "/" + intent(waiting)).status()).isEqualTo(404);
    assertThat(test.status(waiting)).isEqualTo("queued");
  }
}
