package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static dev.slipway.fleet.CommandType.SERVICE_RESTART;
import static dev.slipway.fleet.CommandType.SERVICE_START;
import static dev.slipway.fleet.CommandType.SERVICE_STOP;
import static dev.slipway.fleet.CommandType.WAIT_FOR_HEALTHY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.apps.AppStatus;
import dev.slipway.deployments.TestAgent.Reply;
import dev.slipway.deployments.TestAgent.Seen;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Apps with more than what answers requests. */
class ProcessIT {
  static final Reply RUNS = Reply.completed("{\"healthy\":true,\"running\":true,\"message\":\"\"}");
  static final Reply DEAD =
      Reply.completed(
          "{\"healthy\":false,\"running\":false,\"message\":\"exited: exited with code 3\","
              + "\"output\":\"no queue at 127.0.0.1\"}");

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

  static void set(UUID app, String name, int replicas) {
    var body = Map.of("command", "bin/" + name, "replicas", replicas);
    expect(200, test.user.put("/api/apps/" + app + "/processes/" + name, body));
  }

  static TestAgent agent() {
    return test.weighing().on(WAIT_FOR_HEALTHY, RUNS);
  }

  /** The grace time of the processes has passed. */
  static void settle(UUID deployment) {
    test.until(
        "the processes have begun",
        () ->
            test.query(
                        "select id from deployments_step where kind = 'settle' and status = 'running'"
                            + " and run_id = '"
                            + deployment
                            + "'")
                    .size()
                == 1);
    test.sql(
        "update deployments_step set deadline_at = now() - interval '1 second'"
            + " where kind = 'settle' and status = 'running' and run_id = '"
            + deployment
            + "'");
    test.wiring().watch.run();
  }

  static UUID live(UUID app) {
    var id = test.deploy(app);
    settle(id);
    test.untilStatus(id, "live");
    return id;
  }

  /** The name of a container of a version; what comes behind it tells which. */
  static String container(UUID app, UUID deployment, String unit) {
    return "deploy-app-" + test.app(app).slug() + "-" + deployment.toString().substring(24) + unit;
  }

  static List<String> names(List<Seen> seen) {
    return seen.stream().map(command -> command.text("container_name")).toList();
  }

  /** Names of the containers that were started, in order. */
  static List<String> started(TestAgent agent) {
    return names(agent.seen(APP_DEPLOY).stream().filter(seen -> !Rollout.isCheck(seen)).toList());
  }

  static Seen order(TestAgent agent, String container) {
    return agent.seen(APP_DEPLOY).stream()
        .filter(seen -> !Rollout.isCheck(seen))
        .filter(seen -> seen.text("container_name").equals(container))
        .findFirst()
        .orElseThrow();
  }

  static Set<String> there(UUID app) {
    return new HashSet<>(
        test.query(
            "select name from deployments_instance where not leaving and app_id = '" + app + "'"));
  }

  static void untilGone(TestAgent agent, String... names) {
    test.until("they go", () -> names(agent.seen(APP_STOP)).containsAll(Arrays.asList(names)));
  }

  @Test
  void processesStartWhenTheWebIsHealthyAndBeforeItIsRouted() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 2);
    set(app, "clock", 1);
    set(app, "idle", 0);
    var limits = Map.of("memory_mb", 256);
    expect(200, test.user.put("/api/apps/" + app + "/resource-limits", limits));
    var variable = Map.of("key", "QUEUE", "value", "mail");
    expect(201, test.user.post("/api/apps/" + app + "/env-vars", variable));
    expect(
        201,
        test.user.post(
            "/api/apps/" + app + "/volumes", Map.of("name", "data", "mount_path", "/data")));
    var id = test.deploy(app);
    settle(id);
    test.untilStatus(id, "live");
    var web = container(app, id, "");
    var clock = container(app, id, "-clock-1");
    var worker = container(app, id, "-worker-1");
    var second = container(app, id, "-worker-2");
    assertThat(started(agent)).containsExactly(web, clock, worker, second);
    assertThat(names(agent.seen(WAIT_FOR_HEALTHY))).containsExactly(clock, worker, second);
    assertThat(names(agent.seen(SERVICE_START)))
        .as("from now on they are restarted")
        .containsExactly(clock, worker, second);
    var types = agent.types();
    assertThat(types.lastIndexOf(SERVICE_START)).isLessThan(types.indexOf(ROUTE_ADD));
    assertThat(agent.seen(APP_DEPLOY).stream().filter(Rollout::isCheck).toList())
        .as("nobody asks a process over HTTP")
        .extracting(seen -> seen.text("container_name"))
        .containsExactly(web);
    assertThat(agent.last(ROUTE_ADD).text("upstream_host")).isEqualTo(web);

    var order = order(agent, second).payload();
    var answering = order(agent, web).payload();
    assertThat(order.path("override_cmd").asText()).isEqualTo("bin/worker");
    assertThat(order.path("process_name").asText()).isEqualTo("worker");
    assertThat(order.path("replica_index").asInt()).isEqualTo(1);
    assertThat(order.path("restart_policy").asText()).isEqualTo("no");
    assertThat(order.path("skip_pull").asBoolean()).isTrue();
    for (var same : List.of("image_tag", "env_vars", "volumes", "memory_mb", "labels")) {
      assertThat(order.path(same)).as(same).isEqualTo(answering.path(same));
    }
    assertThat(order.at("/env_vars/QUEUE").asText()).isEqualTo("mail");
    assertThat(answering.path("process_name").asText()).isEqualTo("web");
    assertThat(answering.has("restart_policy")).isFalse();
    assertThat(there(app)).containsExactlyInAnyOrder(web, clock, worker, second);
    assertThat(test.user.get("/api/apps/" + app + "/deployment-readiness").text())
        .contains("4 instances write to the app's volumes at once");
  }

  @Test
  void theOldOnesStayUntilTheNewVersionIsRouted() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var first = live(app);
    agent.forget();
    set(app, "worker", 2);
    var second = test.deploy(app);
    settle(second);
    test.untilStatus(second, "live");
    var old = container(app, first, "-worker-1");
    untilGone(agent, container(app, first, ""), old);
    var types = agent.types();
    assertThat(types.indexOf(APP_STOP)).isGreaterThan(types.lastIndexOf(ROUTE_ADD));
    assertThat(there(app))
        .containsExactlyInAnyOrder(
            container(app, second, ""),
            container(app, second, "-worker-1"),
            container(app, second, "-worker-2"));
  }

  @Test
  void aProcessThatDiesAtOnceFailsTheDeploymentAndTheOldVersionStays() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var first = live(app);
    var before = there(app);
    agent.forget();
    agent.on(WAIT_FOR_HEALTHY, DEAD);
    var second = test.deploy(app);
    settle(second);
    test.untilStatus(second, "failed");
    var dead = container(app, second, "-worker-1");
    assertThat(test.deployment(second).at("/deployment/error_message"))
        .startsWith("Process failed: " + dead + " does not run")
        .contains("exited with code 3")
        .contains("no queue at 127.0.0.1");
    assertThat(agent.seen(ROUTE_ADD)).as("no request was led").isEmpty();
    untilGone(agent, container(app, second, ""), dead);
    assertThat(names(agent.seen(APP_STOP))).doesNotContainAnyElementsOf(before);
    assertThat(there(app)).isEqualTo(before);
    assertThat(test.status(first)).isEqualTo("live");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
  }

  @Test
  void aProcessThatDoesNotStartFailsTheDeploymentToo() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    agent.on(
        APP_DEPLOY,
        seen ->
            seen.text("process_name").equals("worker")
                ? Reply.failed("no such file: bin/worker")
                : Reply.completed("fine"));
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    assertThat(test.deployment(id).at("/deployment/error_message"))
        .isEqualTo("Start failed: no such file: bin/worker");
    untilGone(agent, container(app, id, ""), container(app, id, "-worker-1"));
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.FAILED);
  }

  @Test
  void recreateStopsTheOldOnesFirstAndBringsThemBackWhereItFails() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var policy = Map.of("strategy", "recreate", "bake_seconds", 0);
    expect(201, test.user.post("/api/apps/" + app + "/rollout-policy", policy));
    var first = live(app);
    agent.forget();
    agent.on(
        WAIT_FOR_HEALTHY,
        seen ->
            seen.text("container_name").equals(container(app, first, "-worker-1")) ? RUNS : DEAD);
    var second = test.deploy(app);
    settle(second);
    test.untilStatus(second, "failed");
    var old = List.of(container(app, first, "-worker-1"), container(app, first, ""));
    assertThat(names(agent.seen(SERVICE_STOP))).containsExactlyElementsOf(old);
    var types = agent.types();
    assertThat(types.lastIndexOf(SERVICE_STOP)).isLessThan(types.indexOf(APP_DEPLOY));
    test.until("the old version is back", () -> test.appStatus(app) == AppStatus.RUNNING);
    assertThat(names(agent.seen(SERVICE_START))).containsExactlyElementsOf(old);
    assertThat(agent.last(ROUTE_ADD).text("upstream_host")).isEqualTo(container(app, first, ""));
    assertThat(names(agent.seen(APP_STOP)))
        .containsExactlyInAnyOrder(container(app, second, ""), container(app, second, "-worker-1"));
    assertThat(there(app)).containsExactlyInAnyOrderElementsOf(old);
  }

  @Test
  void aCanaryStartsThemBeforeItGetsAll() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var step = Map.of("weight_percent", 20, "pause_seconds", 60);
    var policy = Map.of("strategy", "canary", "bake_seconds", 0, "steps", List.of(step));
    expect(201, test.user.post("/api/apps/" + app + "/rollout-policy", policy));
    live(app);
    agent.forget();
    var second = test.deploy(app);
    test.until("it has a share", () -> !agent.seen(ROUTE_ADD).isEmpty());
    assertThat(started(agent)).containsExactly(container(app, second, ""));
    test.until(
        "it is watched",
        () ->
            test.query(
                        "select id from deployments_step where kind = 'watch' and status = 'running'"
                            + " and run_id = '"
                            + second
                            + "'")
                    .size()
                == 1);
    expect(200, test.user.post("/api/deployments/" + second + "/cancel", null));
    test.until("its way back is over", () -> there(app).size() == 2);
  }

  @Test
  void aRollbackBringsBackTheProcessesOfItsTime() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var first = live(app);
    expect(204, test.user.delete("/api/apps/" + app + "/processes/worker"));
    var second = test.live(app);
    assertThat(there(app)).containsExactly(container(app, second, ""));
    var answer = expect(202, test.user.post("/api/apps/" + app + "/rollback", Map.of()));
    var back = UUID.fromString(answer.at("/deployment/id"));
    settle(back);
    test.untilStatus(back, "live");
    assertThat(there(app))
        .containsExactlyInAnyOrder(container(app, back, ""), container(app, back, "-worker-1"));
    assertThat(order(agent, container(app, back, "-worker-1")).text("image_tag"))
        .isEqualTo(test.deployment(first).at("/deployment/image"));
  }

  @Test
  void restartStopAndStartAreAboutAllOfThem() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var id = live(app);
    var all = List.of(container(app, id, ""), container(app, id, "-worker-1"));
    agent.forget();
    test.untilOperation(test.act(app, "restart"), "succeeded");
    assertThat(names(agent.seen(SERVICE_RESTART))).containsExactlyElementsOf(all);
    assertThat(names(agent.seen(APP_DEPLOY))).as("asked over HTTP").containsExactly(all.get(0));
    assertThat(names(agent.seen(WAIT_FOR_HEALTHY))).containsExactly(all.get(1));
    agent.heal(WAIT_FOR_HEALTHY);
    test.untilOperation(test.act(app, "stop"), "succeeded");
    assertThat(names(agent.seen(SERVICE_STOP))).containsExactlyElementsOf(all);
    agent.on(WAIT_FOR_HEALTHY, DEAD);
    var operation = test.act(app, "start");
    test.untilOperation(operation, "failed");
    assertThat(names(agent.seen(SERVICE_START))).containsExactlyElementsOf(all);
    assertThat(test.appStatus(app)).as("it answers").isEqualTo(AppStatus.DEGRADED);
    assertThat(test.user.get("/api/operations/" + operation).text()).contains("exited with code 3");
  }

  @Test
  void environmentsHaveTheirOwnAndTakeThemAlong() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var production = live(app);
    var staging = environments.add(app, "staging");
    var id = environments.deploy(staging, Map.of());
    settle(id);
    test.untilStatus(id, "live");
    assertThat(there(app)).hasSize(4);
    agent.forget();
    expect(204, test.user.delete("/api/apps/" + app + "/environments/" + staging));
    untilGone(agent, container(app, id, ""), container(app, id, "-worker-1"));
    assertThat(there(app))
        .containsExactlyInAnyOrder(
            container(app, production, ""), container(app, production, "-worker-1"));
  }

  @Test
  void theyGoWithTheAppAndMoveWithIt() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var first = live(app);
    var other = agent();
    var second = test.deploy(app, Map.of("server_id", other.server()));
    settle(second);
    test.untilStatus(second, "live");
    assertThat(started(other)).contains(container(app, second, "-worker-1"));
    untilGone(agent, container(app, first, ""), container(app, first, "-worker-1"));
    assertThat(test.wiring().onServer(test.tenant, other.server()))
        .as("the sweeper knows them")
        .containsExactlyInAnyOrder(container(app, second, ""), container(app, second, "-worker-1"));
    expect(202, test.user.delete("/api/apps/" + app));
    untilGone(other, container(app, second, ""), container(app, second, "-worker-1"));
    test.until("the app is gone", () -> test.apps.find(test.scope, app).isEmpty());
  }

  @Test
  void oneProcessIsScaledByItself() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var first = live(app);
    var scaled = ScriptFunctionsIT.member(scale(app, 3, "worker"), "deployment_id");
    settle(scaled);
    test.untilStatus(scaled, "live");
    assertThat(there(app)).hasSize(4);
    assertThat(test.deployment(scaled).at("/deployment/image"))
        .isEqualTo(test.deployment(first).at("/deployment/image"));
    assertThat(test.processes.ofApp(test.scope, app).getFirst().replicas()).isEqualTo(3);
    assertThat(scale(app, 3, "worker").toString()).contains("deployment_id=null");
    assertThatThrownBy(() -> scale(app, 1, "clock"))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("clock");
    assertThatThrownBy(() -> scale(app, 0, "web")).isInstanceOf(PlatformException.class);
  }

  static Object scale(UUID app, int replicas, String process) {
    return test.wiring()
        .scale
        .call(ScriptFunctionsIT.call(test.tenant, app.toString(), replicas, process));
  }

  @Test
  void howTheyAreIsShownAsTheirAgentTells() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    var id = live(app);
    var worker = container(app, id, "-worker-1");
    var path = "/api/apps/" + app + "/instances";
    var fresh = expect(200, test.user.get(path));
    assertThat(fresh.at("/instances/0/process")).isEqualTo("web");
    assertThat(fresh.at("/instances/1/container")).isEqualTo(worker);
    assertThat(fresh.at("/instances/1/state")).isEqualTo("unknown");
    agent.container(worker, "restarting", 4, "exited with code 1");
    var looping = expect(200, test.user.get(path));
    assertThat(looping.at("/instances/1/state")).isEqualTo("restarting");
    assertThat(looping.at("/instances/1/restarts")).isEqualTo("4");
    assertThat(looping.at("/instances/1/reason")).isEqualTo("exited with code 1");
    assertThat(looping.at("/instances/0/state")).isEqualTo("unknown");
    assertThat(test.user.get("/console/parts/apps/" + app).text())
        .contains("worker 1")
        .contains("restarting, restarted 4 times: exited with code 1");
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(path).status()).isEqualTo(404);
  }

  @Test
  void aCrashMeanwhileChangesNothing() {
    var agent = agent();
    var app = test.app(agent);
    set(app, "worker", 1);
    agent.on(WAIT_FOR_HEALTHY, Reply.silence());
    var id = test.deploy(app);
    settle(id);
    test.until("it is looked at", () -> !agent.seen(WAIT_FOR_HEALTHY).isEmpty());
    test.restart();
    agent.on(WAIT_FOR_HEALTHY, RUNS);
    test.lose(agent);
    test.untilStatus(id, "live");
    assertThat(started(agent)).as("started once").hasSize(2);
  }
}
