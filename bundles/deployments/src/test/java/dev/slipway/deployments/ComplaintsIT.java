package dev.slipway.deployments;

import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployments.TestAgent.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What users of such platforms complain about, where no other test holds against it; all of them
 * are in platform/docs/complaints.md.
 */
class ComplaintsIT {
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
  void aRollbackWhoseAgentNeverAnswersEndsByItselfAndCanBeTriedAgain() {
    var agent = test.agent();
    var app = test.app(agent);
    var first = test.live(app);
    var second = test.live(app);
    agent.forget();
    agent.on(
        APP_DEPLOY, seen -> Rollout.isCheck(seen) ? Reply.completed("healthy") : Reply.silence());
    var back = rollback(app, first);
    test.until("it starts", () -> !agent.seen(APP_DEPLOY).isEmpty());
    test.sql(
        "update deployments_step set deadline_at = "
            + TestDeployments.ago(1)
            + " where run_id = '"
            + back
            + "' and kind = 'deploy'");
    test.wiring().sweep.run();
    test.untilStatus(back, "failed");
    assertThat(test.deployment(back).at("/deployment/error_message"))
        .isEqualTo("Start failed: the agent reported no end in time");
    assertThat(test.status(second)).isEqualTo("live");
    assertThat(agent.types()).doesNotContain(ROUTE_ADD);

    agent.heal(APP_DEPLOY);
    test.untilStatus(rollback(app, first), "live");
  }

  private static UUID rollback(UUID app, UUID to) {
    var answer = test.user.post("/api/apps/" + app + "/rollback", Map.of("deployment_id", to));
    return UUID.fromString(TestDeployments.expect(202, answer).at("/deployment/id"));
  }

  @Test
  void aRollingUpdateIsOneThoughNobodySetAHealthCheck() {
    var rollout = Rollout.of(test, 2).by(Map.of("strategy", "rolling", "bake_seconds", 0));
    var old = rollout.containers(rollout.live);
    var id = test.live(rollout.app);
    var fresh = rollout.containers(id);
    var checks = rollout.agent.seen(APP_DEPLOY).stream().filter(Rollout::isCheck).toList();
    assertThat(checks).extracting(seen -> seen.text("health_check_path")).containsOnly("/");
    assertThat(checks).extracting(seen -> seen.text("container_name")).containsAll(fresh);
    assertThat(rollout.led().getFirst())
        .as("one of each answers in between")
        .isEqualTo(Map.of(fresh.getFirst(), 1, old.getLast(), 1));
    var seen = rollout.agent.seen();
    for (var container : fresh) {
      var checked = seen.indexOf(check(seen, container));
      var led =
          seen.stream()
              .filter(each -> each.type() == ROUTE_ADD)
              .filter(each -> Rollout.shares(each).containsKey(container))
              .findFirst()
              .orElseThrow();
      assertThat(checked).as("checked before it gets requests").isLessThan(seen.indexOf(led));
    }
  }

  @Test
  void whyAVersionIsNotHealthyIsSaidOnce() {
    var agent = test.agent();
    var app = test.app(agent);
    agent.on(
        APP_DEPLOY,
        seen ->
            Rollout.isCheck(seen)
                ? Reply.failed("health check failed: the app ended (exited with code 3)")
                : Reply.completed("c0ffee"));
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    assertThat(test.deployment(id).at("/deployment/error_message"))
        .isEqualTo("Health check failed: the app ended (exited with code 3)");
  }

  private static TestAgent.Seen check(List<TestAgent.Seen> all, String container) {
    return all.stream()
        .filter(seen -> seen.type() == APP_DEPLOY && Rollout.isCheck(seen))
        .filter(seen -> seen.text("container_name").equals(container))
        .findFirst()
        .orElseThrow();
  }
}
