package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static dev.slipway.fleet.CommandType.SERVICE_START;
import static dev.slipway.fleet.CommandType.SERVICE_STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.AppStatus;
import dev.slipway.deployments.TestAgent.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rollouts by policy: each way from one version to the next. */
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
}
