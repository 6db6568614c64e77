package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.failed;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_DETECT_FRAMEWORK;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.EXEC;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.AppStatus;
import dev.slipway.deployments.TestAgent.Reply;
import dev.slipway.deployments.TestAgent.Seen;
import dev.slipway.fleet.CommandType;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each step may fail, be lost, or never end; what served before goes on to serve. */
class FailureIT {
  static final String LOST = "agent connection lost";
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  /** Either half of the deploy command: it starts, or it checks. */
  static Function<Seen, Reply> deploy(boolean check, Reply reply) {
    return command ->
        command.payload().path("health_check_only").asBoolean() == check
            ? reply
            : Reply.completed("fine");
  }

  static void script(TestAgent agent, String step, Reply reply) {
    switch (step) {
      case "start" -> agent.on(APP_DEPLOY, deploy(false, reply));
      case "health" -> agent.on(APP_DEPLOY, deploy(true, reply));
      default -> agent.on(CommandType.valueOf(step), reply);
    }
  }

  static long stepCommands(TestAgent agent, String step) {
    return agent.seen().stream()
        .filter(
            command ->
                switch (step) {
                  case "start", "health" ->
                      command.type() == APP_DEPLOY
                          && command.payload().path("health_check_only").asBoolean()
                              == step.equals("health");
                  default -> command.type() == CommandType.valueOf(step);
                })
        .count();
  }

  static String error(UUID deployment) {
    return test.deployment(deployment).at("/deployment/error_message");
  }

  @ParameterizedTest
  @CsvSource({
    "APP_CLONE, Clone failed, clone",
    "APP_BUILD, Build failed, build",
    "start, Start failed, deploy",
    "health, Health check failed, health_check",
    "ROUTE_ADD, Route failed, route"
  })
  void aFailedStepEndsItAndTheOldVersionStays(String step, String reason, String phase) {
    var agent = test.agent();
    var app = test.app(agent);
    var live = test.live(app);
    var old = test.query("select t::text from deployments_route t where app_id = '" + app + "'");
    var serving = agent.last(ROUTE_ADD).text("upstream_host");
    agent.forget();
    script(agent, step, failed("it is broken"));
    if (step.equals("ROUTE_ADD")) {
      agent.on(
          ROUTE_ADD,
          route ->
              route.text("upstream_host").equals(serving)
                  ? Reply.completed("fine")
                  : failed("it is broken"));
    }
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    assertThat(error(id)).isEqualTo(reason + ": it is broken");
    assertThat(test.status(live)).isEqualTo("live");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
    assertThat(test.app(app).currentDeploymentId()).isEqualTo(live);
    assertThat(test.query("select t::text from deployments_route t where app_id = '" + app + "'"))
        .isEqualTo(old);
    test.until(
        "what was started is gone",
        () ->
            test.query("select name from deployments_instance where deployment_id = '" + id + "'")
                .isEmpty());
    var started = stepCommands(agent, "start") > 0;
    assertThat(agent.seen(APP_STOP)).hasSize(started ? 1 : 0);
    if (!step.equals("APP_CLONE")) {
      test.until("the source is gone", () -> !agent.seen(EXEC).isEmpty());
      assertThat(agent.seen(EXEC)).hasSize(1);
    }
    assertThat(test.types(id)).endsWith("failed", "progress", "progress");
    var progress = test.events(id).stream().filter(e -> e.type().endsWith("progress")).toList();
    assertThat(progress.get(progress.size() - 2).text("phase")).isEqualTo(phase);
    assertThat(progress.getLast().text("phase")).isEqualTo("done");
    assertThat(progress.getLast().text("status")).isEqualTo("failed");
    assertThat(test.user.get("/api/operations?reference_id=" + id).at("/operations/0/error"))
        .isEqualTo(reason + ": it is broken");
    if (step.equals("ROUTE_ADD")) {
      // Nobody knows whether the edge has taken the new route: it is told the old one again.
      test.until("the route is led back", () -> agent.seen(ROUTE_ADD).size() == 2);
      assertThat(agent.last(ROUTE_ADD).text("upstream_host"))
          .isNotEqualTo(agent.seen(ROUTE_ADD).getFirst().text("upstream_host"));
    }
  }

  @Test
  void theFirstDeploymentOfAnAppLeavesItFailed() {
    var agent = test.agent().on(APP_BUILD, failed("no"));
    var app = test.app(agent);
    test.untilStatus(test.deploy(app), "failed");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.FAILED);
    agent.heal(APP_BUILD);
    test.live(app);
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
  }

  @Test
  void aFailureAfterAFailedRestartDoesNotMakeTheAppRun() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    agent.on(CommandType.SERVICE_RESTART, failed("no"));
    test.untilOperation(test.act(app, "restart"), "failed");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.FAILED);
    agent.on(APP_BUILD, failed("no"));
    test.untilStatus(test.deploy(app), "failed");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.FAILED);
  }

  @Test
  void withoutADetectorTheBuildFindsItsOwnWay() {
    var agent = test.agent().on(APP_DETECT_FRAMEWORK, failed("docksmith: not found"));
    var app = test.app(agent);
    test.live(app);
    assertThat(agent.last(APP_BUILD).payload().has("dockerfile_content")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"null", "[]", "nonsense", "{\"name\":\"Fortran\"}", "{\"name\":\"Flask\"}"})
  void aDetectionThatLeadsNowhereFailsTheBuild(String answer) {
    var agent = test.agent().on(APP_DETECT_FRAMEWORK, Reply.completed(answer));
    var app = test.app(agent);
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    assertThat(error(id)).startsWith("Build failed: there is no Dockerfile");
    assertThat(agent.seen(APP_BUILD)).isEmpty();
  }

  @Test
  void aCloneFolderElsewhereIsNotTaken() {
    var agent = test.agent().on(APP_CLONE, Reply.completed("/etc"));
    var app = test.app(agent);
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    assertThat(error(id)).isEqualTo("Clone failed: the agent named no clone folder");
    assertThat(agent.types()).containsOnly(APP_CLONE);
  }

  @ParameterizedTest
  @CsvSource({"APP_CLONE", "APP_DETECT_FRAMEWORK", "APP_BUILD", "start", "health", "ROUTE_ADD"})
  void aLostConnectionCostsOneRepetition(String step) {
    var agent = test.agent();
    var app = test.app(agent);
    script(agent, step, Reply.silence());
    var id = test.deploy(app);
    test.until(step + " is under way", () -> stepCommands(agent, step) == 1);
    // The agent comes back and works again, and the node was restarted meanwhile.
    test.restart();
    agent.on(APP_DEPLOY, command -> Reply.completed("fine"));
    for (var type : new CommandType[] {APP_CLONE, APP_DETECT_FRAMEWORK, APP_BUILD, ROUTE_ADD}) {
      agent.heal(type);
    }
    test.lose(agent);
    test.untilStatus(id, "live");
    assertThat(stepCommands(agent, step)).isEqualTo(2);
    assertThat(agent.seen(CommandType.WAIT_FOR_HEALTHY)).hasSize(step.equals("start") ? 1 : 0);
  }

  @Test
  void whatTheProbeFindsRunningIsNotStartedAgain() {
    var agent = test.agent();
    var app = test.app(agent);
    script(agent, "start", Reply.silence());
    agent.on(CommandType.WAIT_FOR_HEALTHY, Reply.completed("{\"running\":true,\"healthy\":true}"));
    var id = test.deploy(app);
    test.until("it starts", () -> stepCommands(agent, "start") == 1);
    test.lose(agent);
    test.untilStatus(id, "live");
    assertThat(stepCommands(agent, "start")).isEqualTo(1);
    assertThat(agent.last(CommandType.WAIT_FOR_HEALTHY).payload().toString())
        .contains(
            "\"condition\":\"started\"", agent.seen(APP_DEPLOY).getFirst().text("container_name"));
  }

  @ParameterizedTest
  @CsvSource({"APP_CLONE", "APP_BUILD", "start", "health"})
  void aConnectionLostTwiceIsTheEnd(String step) {
    var agent = test.agent();
    var app = test.app(agent);
    script(agent, step, Reply.silence());
    var id = test.deploy(app);
    test.until(step + " is under way", () -> stepCommands(agent, step) == 1);
    test.lose(agent);
    test.until(step + " is repeated", () -> stepCommands(agent, step) == 2);
    test.lose(agent);
    test.untilStatus(id, "failed");
    assertThat(error(id)).endsWith(LOST + " twice");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.FAILED);
  }

  @Test
  void anAgentThatNeverAnswersIsGivenUpAtTheDeadline() {
    var agent = test.agent().on(APP_BUILD, Reply.silence());
    var app = test.app(agent);
    var id = test.deploy(app);
    test.until("it builds", () -> !agent.seen(APP_BUILD).isEmpty());
    test.sql(
        "update deployments_step set deadline_at = "
            + TestDeployments.ago(1)
            + " where run_id = '"
            + id
            + "' and kind = 'build'");
    test.wiring().sweep.run();
    test.untilStatus(id, "failed");
    assertThat(error(id)).isEqualTo("Build failed: the agent reported no end in time");
    test.until("it is told to stop", () -> !agent.seen(CommandType.CANCEL_COMMAND).isEmpty());
    // Its late word changes nothing.
    agent.end(agent.last(APP_BUILD), Reply.completed("built"));
    test.until("all is quiet", () -> !test.step());
    assertThat(test.status(id)).isEqualTo("failed");
  }

  @Test
  void theFleetsOwnDeadlineEndsTheStepToo() {
    var agent = test.agent().on(APP_CLONE, Reply.silence());
    var app = test.app(agent);
    var id = test.deploy(app);
    test.until("it clones", () -> !agent.seen(APP_CLONE).isEmpty());
    test.lost.settleIn(java.time.Duration.ofMinutes(16));
    test.untilStatus(id, "failed");
    assertThat(error(id)).startsWith("Clone failed: the agent reported no end in time");
  }

  @Test
  void aServerThatWentOfflineIsNotWaitedForLong() {
    var agent = test.agent();
    var app = test.app(agent);
    var id = test.deploy(app);
    agent.vanish();
    assertThat(test.user.post("/api/apps/" + app + "/deployments", null).status()).isEqualTo(422);
    test.wiring().sweep.run();
    assertThat(test.status(id)).isEqualTo("cloning");
    test.sql("update fleet_server set status = 'offline' where id = '" + agent.server() + "'");
    test.sql(
        "update fleet_command set created_at = "
            + TestDeployments.ago(3)
            + " where server_id = '"
            + agent.server()
            + "'");
    test.wiring().sweep.run();
    assertThat(test.status(id)).isEqualTo("failed");
    assertThat(error(id)).contains("is offline");
  }

  @ParameterizedTest
  @CsvSource({"APP_CLONE", "APP_BUILD", "start", "health", "ROUTE_ADD"})
  void aServerThatIsRemovedEndsWhatRunsOnIt(String step) {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    agent.forget();
    script(agent, step, Reply.silence());
    var id = test.deploy(app);
    test.until(step + " is under way", () -> stepCommands(agent, step) == 1);
    agent.vanish();
    test.sql("update fleet_server set status = 'offline' where id = '" + agent.server() + "'");
    test.remove(agent);
    test.untilStatus(id, "failed");
    test.until("the app has failed", () -> test.appStatus(app) == AppStatus.FAILED);
    test.until(
        "nothing is noted there",
        () ->
            test.query(
                    "select id from deployments_instance where server_id = '"
                        + agent.server()
                        + "'")
                .isEmpty());
  }

  @Test
  void aServerThatGoesWhileTheLastStepEndsIsNoRiddle() {
    var agent = test.agent();
    var app = test.app(agent);
    agent.on(ROUTE_ADD, Reply.silence());
    var id = test.deploy(app);
    test.until("it routes", () -> !agent.seen(ROUTE_ADD).isEmpty());
    agent.end(agent.last(ROUTE_ADD), Reply.completed("route added"));
    agent.vanish();
    test.sql("update fleet_server set status = 'offline' where id = '" + agent.server() + "'");
    test.remove(agent);
    test.untilStatus(id, "failed");
  }

  @Test
  void anInstanceThatIsNotGoneIsRemovedLater() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    agent.on(APP_STOP, failed("device busy"));
    test.live(app);
    test.until("it was tried", () -> agent.seen(APP_STOP).size() == 1);
    agent.on(APP_STOP, failed("Error: No such container: x"));
    test.sql(
        "update deployments_instance set try_at = "
            + TestDeployments.ago(1)
            + " where app_id = '"
            + app
            + "' and leaving");
    test.wiring().sweep.run();
    test.until(
        "it is gone",
        () ->
            test.query("select name from deployments_instance where app_id = '" + app + "'").size()
                == 1);
    assertThat(agent.seen(APP_STOP)).hasSize(2);
  }
}
