package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.AppStatus;
import dev.slipway.deployments.TestAgent.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds a rollout, and what becomes of it then. */
class GateIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static String error(UUID deployment) {
    return test.deployment(deployment).at("/deployment/error_message");
  }

  @Test
  void aFailedReleaseIsNeverShownAsSuccess() {
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    rollout.untilStep(id, "watch");
    var old = rollout.container(rollout.live);
    var fresh = rollout.container(id);
    rollout.agent.passed(old, 900, 0, 12);
    rollout.agent.passed(fresh, 100, 40, 12);
    rollout.untilCounted(fresh, 100);
    test.wiring().sweep.run();
    test.untilStatus(id, "failed");
    assertThat(error(id)).startsWith("Gate failed: 40 of 100 requests failed, 40.0 %");
    rollout.untilBack(id);
    assertThat(rollout.ledLast()).isEqualTo(Map.of(old, 1));
    assertThat(rollout.kept()).containsExactly(old + " 0");
    var types = rollout.agent.types();
    assertThat(types.lastIndexOf(APP_STOP))
        .as("what may have requests is removed last")
        .isGreaterThan(types.lastIndexOf(ROUTE_ADD));
    assertThat(test.status(rollout.live)).isEqualTo("live");
    assertThat(test.app(rollout.app).currentDeploymentId()).isEqualTo(rollout.live);
    assertThat(test.appStatus(rollout.app)).isEqualTo(AppStatus.RUNNING);
    assertThat(test.types(id)).contains("gate_failed", "failed").doesNotContain("succeeded");
    var last = test.events(id).getLast();
    assertThat(last.text("phase") + " " + last.text("status")).isEqualTo("done failed");
    assertThat(test.user.get("/api/operations?reference_id=" + id).at("/operations/0/status"))
        .isEqualTo("failed");
    var score = expect(200, test.user.get("/api/deployments/" + id + "/health-score"));
    assertThat(score.at("/health_score/verdict")).isIn("unhealthy", "degraded");
    assertThat(score.at("/health_score/components/0/name")).isEqualTo("error_rate");
  }

  @Test
  void aVersionThatFailsWhileItIsWatchedWithAllRequestsGoesBackToo() {
    var rollout = Rollout.of(test, 1);
    rollout.by(Map.of("strategy", "blue_green", "max_latency_p95_ms", 100));
    var id = test.deploy(rollout.app);
    rollout.untilStep(id, "watch");
    var fresh = rollout.container(id);
    rollout.agent.passed(fresh, 50, 0, 350);
    rollout.untilCounted(fresh, 50);
    test.wiring().sweep.run();
    test.untilStatus(id, "failed");
    assertThat(error(id)).contains("latency is 350 ms, above 100 ms");
    rollout.untilBack(id);
    assertThat(rollout.led())
        .containsExactly(Map.of(fresh, 1), Map.of(rollout.container(rollout.live), 1));
  }

  @Test
  void aVersionThatRestartsIsNotHealthy() {
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    rollout.untilStep(id, "watch");
    var fresh = rollout.container(id);
    for (var restarts = 0; restarts < 3; restarts++) {
      rollout.agent.container(fresh, restarts);
    }
    test.wiring().sweep.run();
    test.untilStatus(id, "failed");
    assertThat(error(id)).contains("health score is 50, below 80", "restarts");
    rollout.untilBack(id);
  }

  @Test
  void aGateThatFailsItsHealthCheckGoesBack() {
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    rollout.untilStep(id, "watch");
    rollout.agent.on(APP_DEPLOY, Reply.failed("health check failed after 60s"));
    rollout.elapse(id);
    test.untilStatus(id, "failed");
    assertThat(error(id)).isEqualTo("Gate failed: health check failed after 60s");
    rollout.untilBack(id);
    assertThat(rollout.ledLast()).isEqualTo(Map.of(rollout.container(rollout.live), 1));
  }

  @Test
  void aPolicyWithoutRollbackSaysWhatFailedAndGoesOn() {
    var rollout = Rollout.of(test, 1);
    rollout.by(
        Map.of(
            "strategy",
            "canary",
            "steps",
            List.of(Map.of("weight_percent", 10, "pause_seconds", 600)),
            "bake_seconds",
            0,
            "auto_rollback",
            false,
            "max_error_rate_percent",
            1));
    var id = test.deploy(rollout.app);
    rollout.untilStep(id, "watch");
    rollout.agent.passed(rollout.container(id), 100, 40, 12);
    rollout.untilCounted(rollout.container(id), 100);
    test.wiring().sweep.run();
    test.wiring().sweep.run();
    assertThat(test.types(id).stream().filter("gate_failed"::equals)).hasSize(1);
    assertThat(
            test.user
                .get("/api/deployments/" + id + "/logs/persisted")
                .json()
                .findValuesAsText("message"))
        .anyMatch(line -> line.contains("the policy lets it go on"));
    rollout.finish(id);
  }

  @Test
  void aWatchWaitsForTheAgentsWordAndNotForEver() {
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    rollout.untilStep(id, "watch");
    test.sql(
        "update deployments_step set deadline_at = now() - interval '1 minute'"
            + " where kind = 'watch' and status = 'running' and run_id = '"
            + id
            + "'");
    test.sql(
        "update fleet_server set last_heartbeat_at = now() - interval '5 minutes' where id = '"
            + rollout.agent.server()
            + "'");
    test.wiring().watch.run();
    assertThat(rollout.step(id)).isEqualTo("watch");
    test.sql(
        "update deployments_step set deadline_at = now() - interval '3 minutes'"
            + " where kind = 'watch' and status = 'running' and run_id = '"
            + id
            + "'");
    test.wiring().watch.run();
    test.untilStatus(id, "failed");
    assertThat(error(id)).isEqualTo("Gate failed: the agent has sent no measurements");
    rollout.untilBack(id);
  }
}
