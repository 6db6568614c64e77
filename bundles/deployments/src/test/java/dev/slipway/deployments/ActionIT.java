package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.completed;
import static dev.slipway.deployments.TestAgent.Reply.failed;
import static dev.slipway.deployments.TestAgent.Reply.silence;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLEANUP;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.CANCEL_COMMAND;
import static dev.slipway.fleet.CommandType.EXEC;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static dev.slipway.fleet.CommandType.ROUTE_REMOVE;
import static dev.slipway.fleet.CommandType.SERVICE_RESTART;
import static dev.slipway.fleet.CommandType.SERVICE_START;
import static dev.slipway.fleet.CommandType.SERVICE_STOP;
import static dev.slipway.fleet.CommandType.WAIT_FOR_HEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.AppStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rollback, restart, stop, start, and the way of an app out. */
class ActionIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static List<String> steps(UUID operation, String member) {
    return test.user.get("/api/operations/" + operation + "/steps").json().findValuesAsText(member);
  }

  static UUID rollback(UUID app, Map<String, Object> body) {
    var answer = test.user.post("/api/apps/" + app + "/rollback", body);
    return UUID.fromString(TestDeployments.expect(202, answer).at("/deployment/id"));
  }

  @Test
  void aRollbackBringsBackTheVersionBeforeWithoutABuild() {
    var agent = test.agent();
    var app = test.app(agent);
    var first = test.live(app);
    var image = test.deployment(first).at("/deployment/image");
    var second = test.live(app);
    agent.forget();
    var back = rollback(app, Map.of("reason", "it was better"));
    test.untilStatus(back, "live");
    assertThat(test.deployment(back).at("/deployment/trigger")).isEqualTo("rollback");
    assertThat(test.deployment(back).at("/deployment/rollback_of")).isEqualTo(first.toString());
    assertThat(agent.types()).doesNotContain(APP_CLONE, APP_BUILD);
    var deploy = agent.seen(APP_DEPLOY).getFirst();
    assertThat(deploy.text("image_tag")).isEqualTo(image);
    assertThat(deploy.payload().get("skip_pull").asBoolean()).isTrue();
    assertThat(test.status(second)).isEqualTo("rolled_back");
    assertThat(test.types(second)).last().isEqualTo("rolled_back");
    assertThat(test.query("select reason from deployments_deployment where id = '" + back + "'"))
        .containsExactly("it was better");
  }

  @Test
  void aRollbackToANamedVersionAndItsLimits() {
    var agent = test.agent();
    var app = test.app(agent);
    var path = "/api/apps/" + app + "/rollback";
    assertThat(test.user.post(path, Map.of()).status()).isEqualTo(404);
    var first = test.live(app);
    assertThat(test.user.post(path, null).status()).isEqualTo(404);
    var same = test.user.post(path, Map.of("deployment_id", first));
    assertThat(same.status()).isEqualTo(409);
    assertThat(same.fields()).containsExactly("deployment_id");
    test.live(app);
    test.live(app);
    agent.on(APP_BUILD, failed("no"));
    var broken = test.deploy(app);
    test.untilStatus(broken, "failed");
    assertThat(test.user.post(path, Map.of("deployment_id", broken)).status()).isEqualTo(404);
    var other = test.app(agent);
    assertThat(
            test.user
                .post("/api/apps/" + other + "/rollback", Map.of("deployment_id", first))
                .status())
        .isEqualTo(404);
    test.untilStatus(rollback(app, Map.of("deployment_id", first)), "live");
  }

  @ParameterizedTest
  @CsvSource({"restart, SERVICE_RESTART", "start, SERVICE_START"})
  void restartAndStart(String action, String command) {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    var container = agent.seen(APP_DEPLOY).getFirst().text("container_name");
    agent.forget();
    var operation = test.act(app, action);
    test.untilOperation(operation, "succeeded");
    assertThat(agent.types().stream().filter(type -> type != EXEC))
        .containsExactly(dev.slipway.fleet.CommandType.valueOf(command), APP_DEPLOY, ROUTE_ADD);
    assertThat(agent.last(dev.slipway.fleet.CommandType.valueOf(command)).payload().toString())
        .isEqualTo("{\"container_name\":\"" + container + "\"}");
    assertThat(agent.last(APP_DEPLOY).payload().get("health_check_only").asBoolean()).isTrue();
    assertThat(steps(operation, "name")).containsExactly(action, "health_check", "route");
    assertThat(steps(operation, "status")).containsOnly("succeeded");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
  }

  @Test
  void stopAndStartAgain() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    var operation = test.act(app, "stop");
    test.untilOperation(operation, "succeeded");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.STOPPED);
    assertThat(steps(operation, "name")).containsExactly("stop", "check");
    assertThat(agent.types()).containsSubsequence(SERVICE_STOP, WAIT_FOR_HEALTHY);
    agent.on(APP_BUILD, failed("no"));
    test.untilStatus(test.deploy(app), "failed");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.STOPPED);
    test.untilOperation(test.act(app, "start"), "succeeded");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
    assertThat(agent.seen(SERVICE_START)).hasSize(1);
  }

  @Test
  void anAppThatDoesNotStopIsNotShownAsStopped() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    agent.on(WAIT_FOR_HEALTHY, completed("{\"running\":true,\"healthy\":true}"));
    var operation = test.act(app, "stop");
    test.untilOperation(operation, "failed");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.DEGRADED);
    assertThat(steps(operation, "status")).containsExactly("succeeded", "failed");
    assertThat(test.user.get("/api/operations/" + operation).at("/operation/error"))
        .isEqualTo("The app did not stop: the app still runs");
  }

  @ParameterizedTest
  @CsvSource({"restart, SERVICE_RESTART", "start, SERVICE_START", "stop, SERVICE_STOP"})
  void actionsGoOnAfterALostConnectionAndARestart(String action, String command) {
    var type = dev.slipway.fleet.CommandType.valueOf(command);
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    agent.on(type, silence());
    var operation = test.act(app, action);
    test.until("it is under way", () -> agent.seen(type).size() == 1);
    agent.heal(type);
    test.restart();
    test.lose(agent);
    test.untilOperation(operation, "succeeded");
    assertThat(agent.seen(type)).hasSize(2);
  }

  @Test
  void oneThingAtATimeIsDoneToAnApp() {
    var agent = test.agent().on(SERVICE_RESTART, silence());
    var app = test.app(agent);
    assertThat(test.user.post("/api/apps/" + app + "/restart", null).status()).isEqualTo(422);
    test.live(app);
    var restart = test.act(app, "restart");
    test.until("it restarts", () -> !agent.seen(SERVICE_RESTART).isEmpty());
    for (var action : List.of("restart", "stop", "start")) {
      assertThat(test.user.post("/api/apps/" + app + "/" + action, null).status()).isEqualTo(409);
    }
    var waiting = test.deploy(app);
    test.until("it waits", () -> test.status(waiting).equals("queued"));
    assertThat(test.user.post("/api/apps/" + app + "/stop", null).status()).isEqualTo(409);
    agent.end(agent.last(SERVICE_RESTART), completed("restarted"));
    test.untilOperation(restart, "succeeded");
    test.untilStatus(waiting, "live");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
  }

  @Test
  void anOfflineServerDoesNothing() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    test.sql("update fleet_server set status = 'offline' where id = '" + agent.server() + "'");
    for (var action : List.of("restart", "stop", "start")) {
      assertThat(test.user.post("/api/apps/" + app + "/" + action, null).status()).isEqualTo(422);
    }
    assertThat(test.user.post("/api/apps/" + app + "/deployments", Map.of()).status())
        .isEqualTo(422);
  }

  static UUID delete(UUID app) {
    return UUID.fromString(
        TestDeployments.expect(202, test.user.delete("/api/apps/" + app)).at("/operation_id"));
  }

  static Path repository(UUID app) {
    return test.platform.facts().data().resolve("deployments/git/" + app + ".git");
  }

  static void untilForgotten(UUID app) {
    test.until("the repository is gone", () -> !Files.exists(repository(app)));
    for (var table : List.of("deployment", "action", "instance", "route", "archive")) {
      assertThat(
              test.query(
                  "select t::text from deployments_" + table + " t where app_id = '" + app + "'"))
          .as(table)
          .isEmpty();
    }
    assertThat(test.user.get("/api/apps/" + app).status()).isEqualTo(404);
    assertThat(test.user.get("/api/apps/" + app + "/deployments").status()).isEqualTo(404);
  }

  @Test
  void aDeletedAppIsTakenDownAndForgotten() {
    var agent = test.agent();
    var app = test.app(agent);
    var id = test.live(app);
    var slug = test.app(app).slug();
    var container = agent.seen(APP_DEPLOY).getFirst().text("container_name");
    agent.forget();
    var operation = delete(app);
    test.untilOperation(operation, "succeeded");
    untilForgotten(app);
    assertThat(agent.types()).containsSubsequence(ROUTE_REMOVE, APP_STOP, APP_CLEANUP);
    assertThat(agent.last(ROUTE_REMOVE).text("domain")).isEqualTo(slug + ".localhost");
    assertThat(agent.last(APP_STOP).text("container_name")).isEqualTo(container);
    assertThat(agent.last(APP_CLEANUP).text("app_slug")).isEqualTo(slug);
    assertThat(agent.last(APP_CLEANUP).payload().get("keep_volumes").asBoolean()).isTrue();
    assertThat(steps(operation, "status")).containsOnly("succeeded");
    assertThat(test.user.get("/api/deployments/" + id).status()).isEqualTo(404);
    assertThat(test.query("select run_id from deployments_step where run_id = '" + id + "'"))
        .isEmpty();
    test.deliverAllAgain();
    untilForgotten(app);
  }

  @Test
  void aDeletionCallsOffWhatIsGoingOn() {
    var agent = test.agent().on(APP_BUILD, silence());
    var app = test.app(agent);
    var running = test.deploy(app);
    test.until("it builds", () -> !agent.seen(APP_BUILD).isEmpty());
    var waiting = test.deploy(app);
    test.until("it waits", () -> test.status(waiting).equals("queued"));
    var operation = delete(app);
    assertThat(test.user.post("/api/apps/" + app + "/deployments", Map.of()).status())
        .isEqualTo(409);
    assertThat(
            test.user
                .send(
                    "POST",
                    "/api/apps/" + app + "/source-archives",
                    TestArchive.of("a", "b"),
                    "application/gzip")
                .status())
        .isEqualTo(409);
    test.untilOperation(operation, "succeeded");
    untilForgotten(app);
    assertThat(test.types(running)).contains("cancelled");
    assertThat(test.types(waiting)).contains("cancelled");
    test.until("the build is stopped", () -> !agent.seen(CANCEL_COMMAND).isEmpty());
    agent.end(agent.last(APP_BUILD), completed("late"));
    test.until("all is quiet", () -> !test.step());
    assertThat(agent.seen(APP_DEPLOY)).isEmpty();
  }

  @Test
  void aCloneThatEndsAfterItsDeploymentIsRemoved() {
    var agent = test.agent().on(APP_CLONE, silence()).on(APP_CLEANUP, silence());
    var app = test.app(agent);
    test.deploy(app);
    test.until("it clones", () -> !agent.seen(APP_CLONE).isEmpty());
    delete(app);
    test.until("it is called off", () -> !agent.seen(CANCEL_COMMAND).isEmpty());
    agent.end(agent.last(APP_CLONE), completed("/tmp/deploy-build-late"));
    test.until("the clone is removed", () -> !agent.seen(EXEC).isEmpty());
    assertThat(agent.last(EXEC).text("clone_dir")).isEqualTo("/tmp/deploy-build-late");
  }

  @Test
  void aTeardownThatFailsCanBeTriedAgain() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    agent.on(APP_STOP, failed("device busy"));
    var operation = delete(app);
    test.untilOperation(operation, "failed");
    test.until("the app is back", () -> test.appStatus(app) == AppStatus.FAILED);
    agent.heal(APP_STOP);
    test.untilOperation(delete(app), "succeeded");
    untilForgotten(app);
  }

  @Test
  void anAppWhoseServerIsGoneCanBeDeleted() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    agent.vanish();
    test.sql("update fleet_server set status = 'offline' where id = '" + agent.server() + "'");
    test.remove(agent);
    test.until("the app has failed", () -> test.appStatus(app) == AppStatus.FAILED);
    assertThat(test.user.post("/api/apps/" + app + "/restart", null).status()).isEqualTo(422);
    test.untilOperation(delete(app), "succeeded");
    untilForgotten(app);
  }

  @Test
  void anUploadThatEndsAfterItsAppLeavesNothing() throws Exception {
    var agent = test.agent();
    var app = test.emptyApp(agent, Map.of());
    var archive = TestArchive.of("a", "b");
    var late =
        new java.io.ByteArrayInputStream(archive) {
          boolean deleted;

          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            if (!deleted) {
              deleted = true;
              delete(app);
              untilForgotten(app);
            }
            return super.read(buffer, offset, length);
          }
        };
    var caller = dev.slipway.testkit.TestPlatform.caller(test.tenant, dev.slipway.api.Role.USER);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> test.wiring().archives.add(caller, app, late, null))
        .isInstanceOf(dev.slipway.api.PlatformException.class)
        .hasMessageContaining("no such app");
    untilForgotten(app);
  }

  @Test
  void secretsReachTheRunAndNothingElse() {
    var agent = test.agent();
    var app = test.app(agent);
    var own = "own-secret-" + UUID.randomUUID();
    var once = "once-secret-" + UUID.randomUUID();
    for (var variable :
        List.of(
            Map.of("key", "DB_URL", "value", own, "is_secret", true),
            Map.of("key", "MODE", "value", "fast", "is_secret", false))) {
      TestDeployments.expect(201, test.user.post("/api/apps/" + app + "/env-vars", variable));
    }
    agent.on(APP_DEPLOY, failed("could not start with " + own + " and " + once));
    var id =
        test.deploy(
            app, Map.of("env_overrides", Map.of("API_TOKEN", once, "LEVEL", "debug", "MODE", "x")));
    test.until("it starts", () -> !agent.seen(APP_DEPLOY).isEmpty());
    var run = agent.last(APP_DEPLOY).payload().get("env_vars");
    assertThat(run.get("DB_URL").asText()).isEqualTo(own);
    assertThat(run.get("API_TOKEN").asText()).isEqualTo(once);
    assertThat(run.get("LEVEL").asText()).isEqualTo("debug");
    assertThat(run.get("MODE").asText()).isEqualTo("x");
    var build = agent.last(APP_BUILD).payload().get("build_env_vars");
    assertThat(build).hasSize(2);
    assertThat(build.get("LEVEL").asText()).isEqualTo("debug");
    assertThat(build.get("MODE").asText()).isEqualTo("x");
    test.untilStatus(id, "failed");
    assertThat(test.deployment(id).text()).contains("could not start with *** and ***");
    assertThat(test.user.get("/api/deployments/" + id + "/logs/persisted").text())
        .doesNotContain(own, once);
    assertThat(test.rowsWith("%\\_%", "fast")).as("the search itself finds rows").isNotEmpty();
    assertThat(test.rowsWith("%\\_%", own)).isEmpty();
    assertThat(test.rowsWith("%\\_%", once)).isEmpty();
  }

  @Test
  void aRollbackKeepsTheVariablesOfItsVersionAlone() {
    var agent = test.agent();
    var app = test.app(agent);
    var first = test.deploy(app, Map.of("env_overrides", Map.of("A_TOKEN", "only-for-the-first")));
    test.untilStatus(first, "live");
    test.live(app);
    agent.forget();
    test.untilStatus(rollback(app, Map.of()), "live");
    assertThat(agent.seen(APP_DEPLOY).getFirst().payload().at("/env_vars/A_TOKEN").asText())
        .isEqualTo("only-for-the-first");
  }
}
