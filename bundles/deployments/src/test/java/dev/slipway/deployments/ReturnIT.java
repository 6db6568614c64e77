package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.AppStatus;
import dev.slipway.deployments.TestAgent.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back to the version before, from each step, and what may happen on it. */
class ReturnIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "health", "shift", "watch", "gate", "route", "bake"})
  void calledOffAtAnyStepAllRequestsGoToTheOldVersion(String point) {
    var rollout = Rollout.of(test, 1);
    var id = rollout.canaryAt(point);
    expect(200, test.user.post("/api/deployments/" + id + "/cancel", Map.of("reason", "no")));
    assertThat(test.status(id)).isEqualTo("cancelled");
    rollout.heal();
    test.until("what was out is given up", () -> cancelled(rollout));
    rollout.untilBack(id);
    var old = rollout.container(rollout.live);
    assertThat(rollout.kept()).containsExactly(old + " 0");
    var touched = !point.equals("deploy") && !point.equals("health");
    assertThat(rollout.led().stream().skip(Math.max(0, rollout.led().size() - 1)).toList())
        .isEqualTo(touched ? List.of(Map.of(old, 1)) : List.of());
    assertThat(test.status(rollout.live)).isEqualTo("live");
    assertThat(test.appStatus(rollout.app)).isEqualTo(AppStatus.RUNNING);
  }

  /** The agent says of what it was told to give up that it did. */
  static boolean cancelled(Rollout rollout) {
    var open =
        test.query(
            "select c.id from fleet_command c where c.server_id = '"
                + rollout.agent.server()
                + "' and c.status in ('dispatched', 'running')");
    rollout.agent.seen().stream()
        .filter(seen -> open.contains(seen.command().id().toString()))
        .forEach(seen -> rollout.agent.end(seen, new Reply("cancelled", "cancelled")));
    return open.isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "health", "shift", "watch", "gate", "route", "bake"})
  void theProcessMayDieAtAnyStep(String point) {
    var rollout = Rollout.of(test, 1);
    var id = rollout.canaryAt(point);
    test.restart();
    rollout.heal();
    if (!point.equals("watch") && !point.equals("bake")) {
      test.lose(rollout.agent);
    }
    rollout.finish(id);
    assertThat(rollout.kept()).containsExactly(rollout.container(id) + " 0");
    test.until("the old one goes", () -> !rollout.agent.seen(APP_STOP).isEmpty());
  }

  @Test
  void theProcessMayDieOnTheWayBack() {
    var rollout = Rollout.of(test, 1);
    var id = rollout.canaryAt("watch");
    rollout.agent.on(ROUTE_ADD, Reply.silence());
    expect(200, test.user.post("/api/deployments/" + id + "/cancel", null));
    test.until(
        "it leads back",
        () -> rollout.ledLast().equals(Map.of(rollout.container(rollout.live), 1)));
    test.restart();
    rollout.heal();
    test.lose(rollout.agent);
    rollout.untilBack(id);
    assertThat(rollout.kept()).containsExactly(rollout.container(rollout.live) + " 0");
  }

  @Test
  void aWayBackThatFailsLeavesWhoeverAnswersAlone() {
    var rollout = Rollout.of(test, 1);
    var id = rollout.canaryAt("watch");
    rollout.agent.on(ROUTE_ADD, Reply.failed("the edge is broken"));
    expect(200, test.user.post("/api/deployments/" + id + "/cancel", null));
    test.until("the app is degraded", () -> test.appStatus(rollout.app) == AppStatus.DEGRADED);
    assertThat(rollout.agent.seen(APP_STOP)).isEmpty();
    rollout.heal();
    test.sql("delete from deployments_rollout_policy where app_id = '" + rollout.app + "'");
    test.live(rollout.app);
    test.until(
        "the next version clears up",
        () ->
            test.query("select name from deployments_instance where app_id = '" + rollout.app + "'")
                    .size()
                == 1);
  }

  @Test
  void theNextDeploymentWaitsForTheWayBack() {
    var rollout = Rollout.of(test, 1);
    var id = rollout.canaryAt("watch");
    var next = test.deploy(rollout.app);
    assertThat(test.status(next)).isEqualTo("queued");
    expect(200, test.user.post("/api/deployments/" + id + "/cancel", null));
    rollout.finish(next);
    assertThat(rollout.led())
        .containsSubsequence(
            List.of(
                Map.of(rollout.container(rollout.live), 1),
                Map.of(rollout.container(next), 20, rollout.container(rollout.live), 80)));
  }
}
