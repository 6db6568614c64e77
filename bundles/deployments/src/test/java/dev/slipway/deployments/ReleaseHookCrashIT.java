package dev.slipway.deployments;

import static dev.slipway.deployments.DeploymentStatus.BUILDING;
import static dev.slipway.deployments.DeploymentStatus.DEPLOYING;
import static dev.slipway.deployments.DeploymentStatus.FAILED;
import static dev.slipway.deployments.DeploymentStatus.HEALTH_CHECKING;
import static dev.slipway.deployments.HookedApps.runs;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.RUN_RELEASE_HOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployments.TestAgent.Reply;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A release hook is run once, whenever the process dies. */
class ReleaseHookCrashIT {
  static TestDeployments test;
  static Moves moves;

  TestAgent agent;
  UUID app;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    moves = new Moves(test);
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  /** A deployment whose process dies of a step, comes back, and takes it. */
  private UUID survives(DeploymentStatus from, DeploymentStatus to, String end) {
    moves.deadly(app, from, to);
    var id = test.deploy(app);
    dying();
    assertThat(test.status(id)).as("nothing of the step is there").isEqualTo(Moves.text(from));
    test.restart();
    moves.harmless(app);
    test.until(
        "it is " + end,
        () -> {
          test.wiring().sweep.run();
          return test.status(id).equals(end);
        });
    test.until("all is quiet", () -> !test.step());
    return id;
  }

  /** Works until the process dies. */
  private static void dying() {
    try {
      test.wiring().sweep.run();
      test.until("there is nothing to do", () -> !test.step());
    } catch (AssertionError died) {
      assertThat(died).hasStackTraceContaining("the process dies");
    }
  }

  private void anApp(Reply reply) {
    agent = HookedApps.agent(test);
    app = HookedApps.app(test, agent);
    agent.on(RUN_RELEASE_HOOK, reply);
  }

  @Test
  void beforeItIsSent() {
    anApp(Reply.completed("done"));
    survives(BUILDING, DEPLOYING, "live");
    assertThat(runs(agent)).isEqualTo(1);
  }

  @Test
  void whileItRuns() {
    anApp(Reply.silence());
    var id = test.deploy(app);
    test.until("it runs", () -> runs(agent) == 1);
    test.restart();
    test.wiring().sweep.run();
    test.until("all is quiet", () -> !test.step());
    assertThat(test.status(id)).isEqualTo("deploying");
    agent.end(agent.last(RUN_RELEASE_HOOK), Reply.completed("done"));
    test.untilStatus(id, "live");
    assertThat(runs(agent)).isEqualTo(1);
  }

  @Test
  void whenItHasFailed() {
    anApp(Reply.failed("no such table"));
    survives(DEPLOYING, FAILED, "failed");
    assertThat(runs(agent)).isEqualTo(1);
    assertThat(agent.types()).doesNotContain(APP_DEPLOY);
  }

  @Test
  void whenItIsDone() {
    anApp(Reply.completed("done"));
    survives(DEPLOYING, HEALTH_CHECKING, "live");
    assertThat(runs(agent)).isEqualTo(1);
  }
}
