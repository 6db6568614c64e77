package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.completed;
import static dev.slipway.deployments.TestAgent.Reply.failed;
import static dev.slipway.deployments.TestAgent.Reply.silence;
import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_CLEANUP;
import static dev.slipway.fleet.CommandType.COMPOSE_DOWN;
import static dev.slipway.fleet.CommandType.COMPOSE_UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.AppStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a Compose file described is forgotten when it is gone, and not when it could not go. */
class ProjectRemovalIT {
  static TestDeployments test;
  static TestEnvironments environments;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    environments = new TestEnvironments(test);
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static UUID app(TestAgent agent) {
    var app = test.emptyApp(agent, Map.of("source_type", "compose"));
    test.upload(app, "compose.yaml", "services: {web: {build: .}}\n");
    return app;
  }

  static List<String> states(UUID app) {
    return test.query(
        "select state from deployments_compose_project where app_id = '" + app + "' order by name");
  }

  /** The time has come to try it again. */
  static void later(UUID app) {
    test.wiring().sweep.run();
    test.sql(
        "update deployments_compose_project set try_at = "
            + TestDeployments.ago(1)
            + " where state <> 'up' and app_id = '"
            + app
            + "'");
    test.wiring().sweep.run();
  }

  static void quiet() {
    test.until("nothing is left to do", () -> !test.step());
  }

  /** An environment whose data is ordered to go with it. */
  static UUID purged(TestAgent agent, UUID app) {
    test.live(app);
    var old = environments.add(app, "staging");
    environments.live(old);
    quiet();
    agent.forget();
    expect(204, test.user.delete("/api/apps/" + app + "/environments/" + old + "?volumes=purge"));
    test.until("the agent is told", () -> !agent.seen(COMPOSE_DOWN).isEmpty());
    return old;
  }

  @Test
  void whatCouldNotBePurgedIsPurgedLater() {
    var agent = ComposeIT.composing(test).on(COMPOSE_DOWN, failed("the engine does not answer"));
    var app = app(agent);
    purged(agent, app);
    quiet();
    assertThat(states(app)).containsExactly("up", "purging");
    var next = environments.add(app, "staging");
    var deployment = environments.deploy(next, Map.of());
    test.until("it waits", () -> test.status(deployment).equals("deploying"));
    quiet();
    assertThat(agent.seen(COMPOSE_UP)).as("with the old data").allMatch(ComposeIT::isBuild);

    agent.heal(COMPOSE_DOWN);
    later(app);
    test.untilStatus(deployment, "live");
    assertThat(agent.seen(COMPOSE_DOWN)).hasSize(2);
    assertThat(agent.last(COMPOSE_DOWN).payload().path("remove_volumes").asBoolean()).isTrue();
    assertThat(states(app)).containsExactly("up", "up");
    later(app);
    quiet();
    assertThat(agent.seen(COMPOSE_DOWN)).as("what is up stays").hasSize(2);
  }

  @Test
  void aServerThatWasOutOfReachIsToldAgain() {
    var agent = ComposeIT.composing(test).on(COMPOSE_DOWN, silence());
    var app = app(agent);
    purged(agent, app);
    test.lost.settleIn(Duration.ofMinutes(11));
    quiet();
    assertThat(states(app)).containsExactly("up", "purging");
    agent.on(COMPOSE_DOWN, completed("done"));
    later(app);
    test.until("it is gone", () -> states(app).equals(List.of("up")));
    assertThat(agent.seen(COMPOSE_DOWN)).hasSize(2);
  }

  @Test
  void whatItsOwnPlaceCouldNotTakeDownIsInNobodysWay() {
    var agent = ComposeIT.composing(test).on(COMPOSE_DOWN, failed("the engine does not answer"));
    var app = app(agent);
    agent.on(
        COMPOSE_UP,
        command -> ComposeIT.isBuild(command) ? completed("{}") : failed("services.db ended"));
    test.untilStatus(test.deploy(app), "failed");
    test.until("it is tried", () -> !agent.seen(COMPOSE_DOWN).isEmpty());
    quiet();
    assertThat(states(app)).containsExactly("leaving");
    agent.on(COMPOSE_UP, completed("{\"containers\":[]}"));
    test.live(app);
    assertThat(states(app)).containsExactly("up");
    later(app);
    quiet();
    assertThat(agent.seen(COMPOSE_DOWN)).hasSize(1);
  }

  /** Deletes it while its agent can not clean up. */
  static void uncleaned(TestAgent agent, UUID app, String query) {
    agent.on(APP_CLEANUP, failed("the engine does not answer"));
    test.untilOperation(delete(app, query), "failed");
    test.until("the app is back", () -> test.appStatus(app) == AppStatus.FAILED);
    agent.heal(APP_CLEANUP);
    test.untilOperation(delete(app, query), "succeeded");
  }

  static UUID delete(UUID app, String query) {
    var answer = test.user.delete("/api/apps/" + app + query);
    return UUID.fromString(expect(202, answer).at("/operation_id"));
  }

  @Test
  void anAppWhoseServicesStillRunIsNotForgotten() {
    var agent = ComposeIT.composing(test);
    var app = app(agent);
    test.live(app);
    uncleaned(agent, app, "");
    assertThat(states(app)).isEmpty();
  }

  @Test
  void anAppWhoseDataIsToGoIsNotForgottenBeforeItIsGone() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    uncleaned(agent, app, "?volumes=purge");
    assertThat(agent.last(APP_CLEANUP).payload().path("keep_volumes").asBoolean()).isFalse();
  }

  @Test
  void imagesThatStayHoldNoDeletionUp() {
    var agent = test.agent().on(APP_CLEANUP, failed("image is in use"));
    var app = test.app(agent);
    test.live(app);
    test.untilOperation(delete(app, ""), "succeeded");
  }
}
