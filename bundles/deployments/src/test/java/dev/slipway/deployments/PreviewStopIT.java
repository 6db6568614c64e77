package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.EnvironmentStatus;
import dev.slipway.deployments.TestAgent.Reply;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A preview that is stopped while its next commit is on its way. */
class PreviewStopIT {
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

  /** A preview with a version that is live. */
  private record Case(TestAgent agent, UUID app, UUID place, UUID live) {
    static Case start() {
      var agent = test.weighing();
      var app = test.app(agent);
      var place = environments.add(app, "development");
      var live = environments.live(place);
      test.preview(app, live);
      test.until("all is quiet", () -> !test.step());
      agent.forget();
      return new Case(agent, app, place, live);
    }

    void stop() {
      expect(
          200, test.user.post("/api/apps/" + app + "/deployments/" + live + "/preview/stop", null));
      test.until("all is quiet", () -> !test.step());
    }

    List<String> noted(String table) {
      return test.query(
          "select id::text from deployments_" + table + " where app_id = '" + app + "'");
    }

    void nothingRuns(UUID next) {
      assertThat(test.status(next)).isEqualTo("cancelled");
      assertThat(test.deployment(next).at("/deployment/error_message"))
          .isEqualTo("its preview was stopped");
      assertThat(environments.get(place).status()).isEqualTo(EnvironmentStatus.STOPPED);
      assertThat(noted("instance")).isEmpty();
      assertThat(environments.routes(app)).isEmpty();
      assertThat(
              test.query(
                  "select id from deployments_action where status = 'running' and app_id = '"
                      + app
                      + "'"))
          .isEmpty();
      agent.forget();
      test.deliverAllAgain();
      test.wiring().sweep.run();
      test.until("all is quiet", () -> !test.step());
      assertThat(agent.types()).doesNotContain(APP_DEPLOY, ROUTE_ADD);
      assertThat(environments.get(place).status()).isEqualTo(EnvironmentStatus.STOPPED);
    }
  }

  @Test
  void whatIsBeingBuiltIsCalledOff() {
    var preview = Case.start();
    preview.agent.on(APP_BUILD, Reply.silence());
    var next = environments.deploy(preview.place, Map.of());
    test.until("it builds", () -> !preview.agent.seen(APP_BUILD).isEmpty());
    preview.stop();
    preview.agent.end(preview.agent.last(APP_BUILD), Reply.completed("late"));
    test.until("all is quiet", () -> !test.step());
    assertThat(preview.agent.seen(APP_DEPLOY)).isEmpty();
    preview.nothingRuns(next);
    var again = environments.deploy(preview.place, Map.of());
    preview.agent.heal(APP_BUILD);
    test.untilStatus(again, "live");
  }

  @Test
  void whatIsBeingWatchedIsCalledOff() {
    var preview = Case.start();
    var policy = Map.of("strategy", "blue_green", "bake_seconds", 600);
    expect(201, test.user.post("/api/apps/" + preview.app + "/rollout-policy", policy));
    var next = environments.deploy(preview.place, Map.of());
    test.until(
        "it is watched",
        () ->
            !test.query(
                    "select id from deployments_step where kind = 'watch' and status = 'running'"
                        + " and run_id = '"
                        + next
                        + "'")
                .isEmpty());
    assertThat(preview.agent.last(ROUTE_ADD).text("upstream_host"))
        .isEqualTo(environments.container(preview.app, next));
    preview.stop();
    assertThat(preview.agent.seen(APP_STOP))
        .extracting(stop -> stop.text("container_name"))
        .containsExactlyInAnyOrder(
            environments.container(preview.app, preview.live),
            environments.container(preview.app, next));
    preview.nothingRuns(next);
  }
}
