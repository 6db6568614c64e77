package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.completed;
import static dev.slipway.deployments.TestAgent.Reply.failed;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_DETECT_FRAMEWORK;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.COMPOSE_DOWN;
import static dev.slipway.fleet.CommandType.COMPOSE_RESTART;
import static dev.slipway.fleet.CommandType.COMPOSE_UP;
import static dev.slipway.fleet.CommandType.EXEC;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static dev.slipway.fleet.CommandType.SERVICE_RESTART;
import static dev.slipway.fleet.CommandType.SERVICE_START;
import static dev.slipway.fleet.CommandType.SERVICE_STOP;
import static dev.slipway.fleet.CommandType.WAIT_FOR_HEALTHY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.deployments.TestAgent.Seen;
import dev.slipway.deployments.service.overview.InstancesOnServer;
import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.CommandType;
import dev.slipway.testkit.Answer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Apps that a Compose file describes, as their agent is asked for them. */
class ComposeIT {
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

  /** An agent that says of each command that it takes it. */
  static TestAgent composing() {
    return composing(test);
  }

  static TestAgent composing(TestDeployments test) {
    var all =
        Arrays.stream(CommandType.values())
            .map(type -> Integer.toString(type.number()))
            .collect(Collectors.joining(","));
    var agent =
        test.agent(
            test.tenant,
            "{\"runtime\":\"docker\",\"edge_url\":\"http://127.0.0.1:8000\","
                + "\"public_host\":\"localhost\",\"commands\":["
                + all
                + "]}");
    return agent.on(
        COMPOSE_UP,
        command ->
            completed(
                isBuild(command)
                    ? "{\"primary_service\":\"web\",\"warnings\":[]}"
                    : "{\"containers\":[\"" + command.text("container_name") + "-db\"]}"));
  }

  static boolean isBuild(Seen command) {
    return command.payload().path("build_only").asBoolean();
  }

  static boolean isSettling(Seen command) {
    return command.payload().path("services_only").asBoolean();
  }

  static UUID app(TestAgent agent, Map<String, Object> more) {
    var settings = new HashMap<String, Object>(Map.of("source_type", "compose"));
    settings.putAll(more);
    var app = test.emptyApp(agent, settings);
    test.upload(app, "compose.yaml", "services: {web: {build: .}}\n");
    return app;
  }

  static String container(UUID app, UUID deployment) {
    return "deploy-app-" + test.app(app).slug() + "-" + DeployFlowIT.shortId(deployment);
  }

  static List<Seen> settled(TestAgent agent) {
    return agent.seen(COMPOSE_UP).stream().filter(ComposeIT::isSettling).toList();
  }

  static List<String> projects(UUID app) {
    return test.query(
        "select name || ' ' || state from deployments_compose_project where app_id = '"
            + app
            + "' order by name");
  }

  @Test
  void servicesComeUpAndTheirVersionTakesOver() {
    var agent = composing();
    var app =
        app(
            agent,
            Map.of("root_directory", "sub", "dockerfile_path", "deploy/stack.yml", "port", 8080));
    var greeting = Map.of("key", "GREETING", "value", "hello-hello", "is_secret", true);
    TestDeployments.expect(201, test.user.post("/api/apps/" + app + "/env-vars", greeting));
    var slug = test.app(app).slug();
    var id = test.live(app);
    assertThat(agent.types())
        .doesNotContain(APP_DETECT_FRAMEWORK, APP_BUILD)
        .containsSubsequence(APP_CLONE, COMPOSE_UP, COMPOSE_UP, APP_DEPLOY, ROUTE_ADD);
    var build = agent.seen(COMPOSE_UP).getFirst();
    assertThat(isBuild(build)).isTrue();
    assertThat(build.text("compose_dir")).isEqualTo("sub");
    assertThat(build.text("compose_file")).isEqualTo("deploy/stack.yml");
    assertThat(build.text("clone_dir")).matches("/tmp/deploy-build-[^/]+");
    assertThat(build.text("image_tag"))
        .isEqualTo("deploy-app-" + slug + ":" + DeployFlowIT.shortId(id));
    assertThat(build.payload().get("port").asInt()).isEqualTo(8080);
    var up = agent.seen(COMPOSE_UP).get(1);
    assertThat(isSettling(up)).isFalse();
    assertThat(up.text("project_name")).isEqualTo(slug);
    assertThat(up.payload().at("/env_vars/GREETING").asText()).isEqualTo("hello-hello");
    assertThat(build.payload().at("/env_vars/GREETING").asText()).isEqualTo("hello-hello");
    assertThat(build.payload().get("build_env_vars")).as("a build gets no secrets").isEmpty();
    assertThat(up.text("container_name")).isEqualTo(container(app, id));
    assertThat(agent.last(ROUTE_ADD).text("upstream_host")).isEqualTo(container(app, id));
    test.until("the source is gone", () -> !agent.seen(EXEC).isEmpty());
    test.until("the others follow what is live", () -> settled(agent).size() == 1);
    assertThat(settled(agent).getFirst().text("image_tag")).isEqualTo(up.text("image_tag"));

    var known = new InstancesOnServer(test.database);
    assertThat(known.on(test.tenant, agent.server()))
        .extracting(AppContainer::containerName)
        .containsExactlyInAnyOrder(container(app, id), container(app, id) + "-db");
    assertThat(known.projects(test.tenant, agent.server())).containsExactly(slug);

    var second = test.live(app);
    test.until(
        "the version before goes",
        () ->
            agent.seen(APP_STOP).stream()
                .anyMatch(stop -> stop.text("container_name").equals(container(app, id))));
    agent.forget();
    var rollback = test.user.post("/api/apps/" + app + "/rollback", Map.of());
    var back = UUID.fromString(TestDeployments.expect(202, rollback).at("/deployment/id"));
    test.untilStatus(back, "live");
    assertThat(agent.types()).doesNotContain(APP_CLONE);
    var again = agent.seen(COMPOSE_UP).getFirst();
    assertThat(again.text("image_tag")).isEqualTo(build.text("image_tag"));
    assertThat(again.text("container_name")).isEqualTo(container(app, back));
    assertThat(test.status(second)).isEqualTo("rolled_back");
  }

  @Test
  void afterAFailureTheServicesGoBackToWhatIsLive() {
    var agent = composing();
    var app = app(agent, Map.of());
    var first = test.live(app);
    test.until("they follow", () -> settled(agent).size() == 1);
    agent.forget();
    agent.on(APP_DEPLOY, failed("health check failed after 60s"));
    var second = test.deploy(app);
    test.untilStatus(second, "failed");
    test.until("they go back", () -> settled(agent).size() == 1);
    assertThat(settled(agent).getFirst().text("container_name")).isEqualTo(container(app, first));
    test.until("the failed one goes", () -> !agent.seen(APP_STOP).isEmpty());
    assertThat(agent.last(APP_STOP).text("container_name")).isEqualTo(container(app, second));
    assertThat(agent.seen(COMPOSE_DOWN)).isEmpty();
    test.deliverAllAgain();
    test.until("all is quiet", () -> !test.step());
    assertThat(settled(agent)).as("said again it changes nothing").hasSize(1);
  }

  @Test
  void aFirstVersionThatFailsLeavesNothingButItsData() {
    var agent = composing();
    var app = app(agent, Map.of());
    agent.on(
        COMPOSE_UP,
        command ->
            isBuild(command) ? completed("{}") : failed("services.db ended with code 3\nno luck"));
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    assertThat(test.deployment(id).at("/deployment/error_message"))
        .startsWith("Start failed: services.db ended with code 3");
    test.until("it is taken down", () -> projects(app).isEmpty());
    var down = agent.last(COMPOSE_DOWN).payload();
    assertThat(down.get("project_name").asText()).isEqualTo(test.app(app).slug());
    assertThat(down.get("remove_volumes").asBoolean()).isFalse();
  }

  @Test
  void aRefusedFileFailsTheBuildWithItsMessage() {
    var agent = composing();
    var app = app(agent, Map.of());
    var message =
        "the Compose file is not accepted: services.web.privileged: containers run without privileges";
    agent.on(COMPOSE_UP, failed(message));
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    assertThat(test.deployment(id).at("/deployment/error_message"))
        .isEqualTo("Build failed: " + message);
    assertThat(projects(app)).isEmpty();
  }

  @Test
  void aLostConnectionIsAskedAgain() {
    var agent = composing();
    var app = app(agent, Map.of());
    agent.on(COMPOSE_UP, command -> isBuild(command) ? completed("{}") : TestAgent.Reply.silence());
    var id = test.deploy(app);
    test.until("it is on its way", () -> agent.seen(COMPOSE_UP).size() == 2);
    agent.on(COMPOSE_UP, completed("{\"containers\":[]}"));
    test.lose(agent);
    test.untilStatus(id, "live");
    assertThat(agent.types()).doesNotContain(WAIT_FOR_HEALTHY);
    assertThat(agent.seen(COMPOSE_UP)).hasSizeGreaterThan(2);
  }

  @Test
  void allServicesStopStartAndRestart() {
    var agent = composing();
    var app = app(agent, Map.of());
    var id = test.live(app);
    test.until("they follow", () -> settled(agent).size() == 1);
    agent.forget();
    test.untilOperation(test.act(app, "stop"), "succeeded");
    assertThat(agent.types()).containsSubsequence(SERVICE_STOP, COMPOSE_DOWN, WAIT_FOR_HEALTHY);
    assertThat(agent.last(COMPOSE_DOWN).payload().get("stop_only").asBoolean()).isTrue();
    agent.forget();
    test.untilOperation(test.act(app, "start"), "succeeded");
    assertThat(agent.types()).startsWith(COMPOSE_UP, SERVICE_START, APP_DEPLOY);
    assertThat(isSettling(agent.last(COMPOSE_UP))).isTrue();
    assertThat(agent.last(COMPOSE_UP).text("container_name")).isEqualTo(container(app, id));
    agent.forget();
    test.untilOperation(test.act(app, "restart"), "succeeded");
    assertThat(agent.types()).startsWith(COMPOSE_RESTART, SERVICE_RESTART, APP_DEPLOY);
  }

  @Test
  void aStoppedAppStaysStoppedWhenAVersionFails() {
    var agent = composing();
    var app = app(agent, Map.of());
    test.live(app);
    test.untilOperation(test.act(app, "stop"), "succeeded");
    test.until("all is quiet", () -> !test.step());
    agent.forget();
    agent.on(APP_DEPLOY, failed("health check failed after 60s"));
    test.untilStatus(test.deploy(app), "failed");
    test.until("its services are stopped again", () -> !agent.seen(COMPOSE_DOWN).isEmpty());
    assertThat(agent.last(COMPOSE_DOWN).payload().get("stop_only").asBoolean()).isTrue();
    assertThat(settled(agent)).isEmpty();
  }

  @Test
  void anEnvironmentHasItsOwnAndKeepsItsDataUnlessItIsToGoToo() {
    var agent = composing();
    var app = app(agent, Map.of());
    var slug = test.app(app).slug();
    test.live(app);
    var staging = environments.add(app, "staging");
    environments.live(staging);
    assertThat(projects(app)).containsExactly(slug + " up", slug + "--staging up");
    test.until("all is quiet", () -> !test.step());
    agent.forget();
    assertThat(environments.remove(app, staging).status()).isEqualTo(204);
    test.until("it is gone", () -> projects(app).size() == 1);
    var down = agent.last(COMPOSE_DOWN).payload();
    assertThat(down.get("project_name").asText()).isEqualTo(slug + "--staging");
    assertThat(down.get("remove_volumes").asBoolean()).isFalse();
    assertThat(projects(app)).containsExactly(slug + " up");

    var second = environments.add(app, "development");
    environments.live(second);
    agent.forget();
    var path = "/api/apps/" + app + "/environments/" + second + "?volumes=purge";
    assertThat(test.user.delete(path).status()).isEqualTo(204);
    test.until("it is gone too", () -> projects(app).size() == 1);
    assertThat(agent.last(COMPOSE_DOWN).payload().get("remove_volumes").asBoolean()).isTrue();
  }

  @Test
  void anAppThatGoesOverToAnImageLeavesItsServices() {
    var agent = composing();
    var app = app(agent, Map.of());
    test.live(app);
    var id = test.deploy(app, Map.of("image", "registry.test/shop:1"));
    test.untilStatus(id, "live");
    assertThat(agent.last(APP_DEPLOY).payload().path("health_check_only").asBoolean()).isTrue();
    test.until("they are taken down", () -> projects(app).isEmpty());
    assertThat(agent.last(COMPOSE_DOWN).payload().get("remove_volumes").asBoolean()).isFalse();
  }

  @Test
  void whereNobodyRunsComposeFilesTheyAreRefused() {
    var agent = test.agent();
    var app = app(agent, Map.of());
    var answer = test.user.post("/api/apps/" + app + "/deployments", Map.of());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/code")).isEqualTo("deployments.server.no-compose");
    assertThat(answer.at("/detail")).contains("can not run Compose files");
    assertThat(docker(app).toString()).contains("\"fail\"", "can not run Compose files");
    assertThat(docker(app(composing(), Map.of())).toString()).contains("\"pass\"");
  }

  private static Answer readiness(UUID app) {
    return TestDeployments.expect(200, test.user.get("/api/apps/" + app + "/deployment-readiness"));
  }

  private static JsonNode docker(UUID app) {
    for (var check : readiness(app).json().at("/checks")) {
      if (check.path("key").asText().equals("docker")) {
        return check;
      }
    }
    throw new AssertionError("it was not checked");
  }

  @Test
  void whatAComposeFileDescribesRunsOnce() {
    var agent = composing();
    var refused =
        test.user.post(
            "/api/apps", Map.of("name", "twice", "source_type", "compose", "replicas", 2));
    assertThat(refused.status()).isIn(400, 422);
    assertThat(refused.fields()).containsExactly("replicas");
    var app = app(agent, Map.of());
    test.live(app);
    assertThatThrownBy(
            () -> test.wiring().scale.call(ScriptFunctionsIT.call(test.tenant, app.toString(), 2)))
        .hasMessageContaining("runs once");
  }
}
