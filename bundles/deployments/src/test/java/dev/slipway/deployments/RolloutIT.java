package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static dev.slipway.fleet.CommandType.SERVICE_START;
import static dev.slipway.fleet.CommandType.SERVICE_STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptOutcome.Status;
import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.apps.AppStatus;
import dev.slipway.deployments.TestAgent.Reply;
import dev.slipway.testkit.contract.ScriptHookContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rollouts. */
class RolloutIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @Test
  void aCanaryGetsItsSharesAndThenAll() {
    var rollout = Rollout.of(test, 1).canary(10, 50);
    var id = test.deploy(rollout.app);
    var old = rollout.container(rollout.live);
    var fresh = rollout.container(id);
    rollout.elapse(id);
    rollout.elapse(id);
    test.until("it has all", () -> rollout.ledLast().equals(Map.of(fresh, 1)));
    assertThat(rollout.led())
        .containsExactly(Map.of(fresh, 10, old, 90), Map.of(fresh, 50, old, 50), Map.of(fresh, 1));
    rollout.untilStep(id, "watch");
    assertThat(test.status(id)).isEqualTo("health_checking");
    assertThat(test.status(rollout.live)).isEqualTo("live");
    assertThat(rollout.agent.seen(APP_STOP)).as("it is still watched").isEmpty();
    rollout.elapse(id);
    test.untilStatus(id, "live");
    test.until("the old one goes", () -> !rollout.agent.seen(APP_STOP).isEmpty());
    assertThat(rollout.kept()).containsExactly(fresh + " 0");
    assertThat(test.status(rollout.live)).isEqualTo("superseded");
  }

  @Test
  void theRouteIsKeptAsItIsDivided() {
    var rollout = Rollout.of(test, 1).canary(25);
    var id = test.deploy(rollout.app);
    rollout.untilStep(id, "watch");
    assertThat(rollout.kept()).containsExactly(rollout.container(rollout.live) + " 2");
    rollout.finish(id);
  }

  @Test
  void anAppIsRecreated() {
    var rollout = Rollout.of(test, 1).by(Map.of("strategy", "recreate", "bake_seconds", 0));
    var id = test.live(rollout.app);
    var types = rollout.agent.types();
    assertThat(types.indexOf(SERVICE_STOP)).isLessThan(types.indexOf(APP_DEPLOY));
    assertThat(rollout.agent.last(SERVICE_STOP).text("container_name"))
        .isEqualTo(rollout.container(rollout.live));
    assertThat(rollout.kept()).containsExactly(rollout.container(id) + " 0");
  }

  @Test
  void whereAnAppCanNotBeRecreatedTheOldVersionIsStartedAgain() {
    var rollout = Rollout.of(test, 1).by(Map.of("strategy", "recreate", "bake_seconds", 0));
    var old = rollout.container(rollout.live);
    rollout.agent.on(
        APP_DEPLOY,
        seen ->
            Rollout.isCheck(seen) && !seen.text("container_name").equals(old)
                ? Reply.failed("it does not answer")
                : Reply.completed("fine"));
    var id = test.deploy(rollout.app);
    test.untilStatus(id, "failed");
    rollout.untilBack(id);
    assertThat(rollout.agent.types()).containsSubsequence(SERVICE_STOP, APP_STOP, SERVICE_START);
    assertThat(rollout.agent.last(SERVICE_START).text("container_name")).isEqualTo(old);
    assertThat(rollout.ledLast()).isEqualTo(Map.of(old, 1));
    assertThat(test.appStatus(rollout.app)).isEqualTo(AppStatus.RUNNING);
    assertThat(test.status(rollout.live)).isEqualTo("live");
  }

  @Test
  void replicasAreReplacedOneByOne() {
    var rollout = Rollout.of(test, 3).by(Map.of("strategy", "rolling", "bake_seconds", 0));
    var id = test.live(rollout.app);
    var old = rollout.containers(rollout.live);
    var fresh = rollout.containers(id);
    assertThat(rollout.led())
        .containsExactly(
            Map.of(fresh.get(0), 1, old.get(1), 1, old.get(2), 1),
            Map.of(fresh.get(0), 1, fresh.get(1), 1, old.get(2), 1),
            Map.of(fresh.get(0), 1, fresh.get(1), 1, fresh.get(2), 1));
    assertThat(rollout.agent.seen(SERVICE_STOP))
        .extracting(seen -> seen.text("container_name"))
        .containsExactly(old.get(0), old.get(1));
    test.until("the old ones go", () -> rollout.agent.seen(APP_STOP).size() == 3);
  }

  @Test
  void whatWasReplacedComesBackWhenTheNextOneFails() {
    var rollout = Rollout.of(test, 3).by(Map.of("strategy", "rolling", "bake_seconds", 0));
    var old = rollout.containers(rollout.live);
    rollout.agent.on(
        APP_DEPLOY,
        seen ->
            Rollout.isCheck(seen)
                    && seen.text("container_name").endsWith("-2")
                    && !old.contains(seen.text("container_name"))
                ? Reply.failed("it does not answer")
                : Reply.completed("fine"));
    var id = test.deploy(rollout.app);
    test.untilStatus(id, "failed");
    rollout.untilBack(id);
    assertThat(rollout.agent.seen(SERVICE_START))
        .extracting(seen -> seen.text("container_name"))
        .containsExactly(old.getFirst());
    assertThat(rollout.ledLast()).isEqualTo(Map.of(old.get(0), 1, old.get(1), 1, old.get(2), 1));
    var types = rollout.agent.types();
    assertThat(types.lastIndexOf(APP_STOP)).isGreaterThan(types.lastIndexOf(ROUTE_ADD));
  }

  @Test
  void aServerThatCanNotDivideRequestsSaysSo() {
    var rollout = Rollout.on(test, test.agent(), 1).canary(10);
    var readiness = test.user.get("/api/apps/" + rollout.app + "/deployment-readiness");
    assertThat(readiness.text()).contains("can not divide requests");
    assertThat(SettingsIT.status(readiness, "dwaar")).isEqualTo("warn");
    var id = test.deploy(rollout.app);
    rollout.elapse(id);
    test.untilStatus(id, "live");
    assertThat(rollout.led()).containsExactly(Map.of(rollout.container(id), 1));
    assertThat(
            test.user
                .get("/api/deployments/" + id + "/logs/persisted")
                .json()
                .findValuesAsText("message"))
        .anyMatch(line -> line.contains("can not divide requests"));
  }

  @Test
  void theFirstVersionHasNobodyToShareWith() {
    var agent = test.weighing();
    var app = test.app(agent);
    expect(
        201,
        test.user.post(
            "/api/apps/" + app + "/rollout-policy",
            Map.of(
                "strategy",
                "canary",
                "bake_seconds",
                0,
                "steps",
                List.of(Map.of("weight_percent", 5, "pause_seconds", 600)))));
    test.live(app);
    assertThat(agent.seen(ROUTE_ADD)).hasSize(1);
  }

  @Test
  void whoGoesBackToAVersionDoesNotWait() {
    var rollout = Rollout.of(test, 1);
    var second = test.live(rollout.app);
    rollout.canary(10);
    expect(202, test.user.post("/api/apps/" + rollout.app + "/rollback", Map.of()));
    test.until("it is back", () -> test.status(second).equals("rolled_back"));
  }

  @Test
  void withoutAPolicyWhatHasBegunIsNotCalledOff() {
    var agent = test.agent().on(APP_DEPLOY, Reply.silence());
    var app = test.app(agent);
    var id = test.deploy(app);
    test.untilStatus(id, "deploying");
    assertThat(test.user.post("/api/deployments/" + id + "/cancel", null).status()).isEqualTo(409);
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

  /** Scripts whose runs come out as the test says. */
  private static final class Decided implements Scripts {
    private final UUID tenant;
    private final List<ScriptRun> runs;
    final List<Map<String, @Nullable Object>> events = new ArrayList<>();

    Decided(ScriptRun... runs) {
      tenant = test.tenant;
      this.runs = List.of(runs);
    }

    @Override
    public boolean attached(UUID tenantId, String hook) {
      return tenantId.equals(tenant) && hook.equals("deployment.gate");
    }

    @Override
    public List<ScriptRun> run(
        UUID tenantId, String hook, Map<String, @Nullable Object> event, ScriptTrigger trigger) {
      events.add(event);
      return runs;
    }

    @Override
    public ScriptRun runOne(
        UUID tenantId, UUID scriptId, Map<String, @Nullable Object> event, ScriptTrigger trigger) {
      throw new UnsupportedOperationException();
    }
  }

  static ScriptRun said(String name, boolean pass, String reason) {
    var result = Map.of("pass", pass, "reason", reason);
    return new ScriptRun(Ids.next(), Ids.next(), name, Status.SUCCEEDED, result, null);
  }

  static ScriptRun silent() {
    return new ScriptRun(
        Ids.next(), Ids.next(), "slow", Status.TIMED_OUT, null, ScriptFault.of("too slow"));
  }

  @TestFactory
  Stream<DynamicNode> theHookKeepsItsPromises() {
    return ScriptHookContract.tests(test.wiring().scripts);
  }

  @Test
  void aScriptMayHoldARollout() {
    var scripts = new Decided(said("calm", true, ""), said("strict", false, "not on a Friday"));
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    test.wiring().scripts.bindScripts(scripts);
    try {
      rollout.elapse(id);
      assertThat(rollout.step(id)).as("it is asked for first").isEqualTo("watch");
      test.wiring().watch.run();
    } finally {
      test.wiring().scripts.unbindScripts(scripts);
    }
    test.untilStatus(id, "failed");
    assertThat(error(id))
        .isEqualTo("Gate failed: the script strict does not pass it: not on a Friday");
    assertThat(scripts.events)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event)
                    .containsEntry("deployment_id", id.toString())
                    .containsEntry("strategy", "canary")
                    .containsKeys("score", "verdict", "components"));
    rollout.untilBack(id);
  }

  @Test
  void scriptsThatPassARolloutAreAskedAtEachWatch() {
    var scripts = new Decided(said("calm", true, ""));
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    test.wiring().scripts.bindScripts(scripts);
    try {
      rollout.finish(id);
    } finally {
      test.wiring().scripts.unbindScripts(scripts);
    }
    assertThat(scripts.events).hasSize(2);
  }

  @Test
  void aScriptThatDoesNotDecideIsNotWaitedForForEver() {
    var scripts = new Decided(silent());
    var rollout = Rollout.of(test, 1).canary(10);
    var id = test.deploy(rollout.app);
    test.wiring().scripts.bindScripts(scripts);
    try {
      rollout.elapse(id);
      test.wiring().watch.run();
      assertThat(rollout.step(id)).isEqualTo("watch");
      test.sql(
          "update deployments_step set deadline_at = now() - interval '3 minutes'"
              + " where kind = 'watch' and status = 'running' and run_id = '"
              + id
              + "'");
      test.wiring().watch.run();
    } finally {
      test.wiring().scripts.unbindScripts(scripts);
    }
    test.untilStatus(id, "failed");
    assertThat(error(id)).isEqualTo("Gate failed: no script has decided in time");
    rollout.untilBack(id);
  }
}
