package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.completed;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static dev.slipway.fleet.CommandType.APP_DETECT_FRAMEWORK;
import static dev.slipway.fleet.CommandType.APP_PROXY_SETUP;
import static dev.slipway.fleet.CommandType.APP_STOP;
import static dev.slipway.fleet.CommandType.EXEC;
import static dev.slipway.fleet.CommandType.ROUTE_ADD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.apps.AppStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From an upload over the agent to live, and one after the other. */
class DeployFlowIT {
  static final ObjectMapper JSON = new ObjectMapper();
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static List<String> members(JsonNode payload) {
    var names = new ArrayList<String>();
    payload.fieldNames().forEachRemaining(names::add);
    return names.stream().sorted().toList();
  }

  static String shortId(UUID id) {
    return id.toString().substring(24);
  }

  @Test
  void anUploadedFolderGoesLive() throws Exception {
    var agent = test.agent();
    var app = test.app(agent);
    var slug = test.app(app).slug();
    var id = test.deploy(app, Map.of("message", "first"));
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.BUILDING);
    test.untilStatus(id, "live");

    assertThat(agent.types())
        .startsWith(APP_CLONE, APP_DETECT_FRAMEWORK, APP_BUILD)
        .containsSubsequence(APP_BUILD, APP_DEPLOY, APP_DEPLOY, ROUTE_ADD)
        .doesNotContain(APP_STOP);
    var container = "deploy-app-" + slug + "-" + shortId(id);
    var domain = slug + ".localhost";
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
    assertThat(test.app(app).currentDeploymentId()).isEqualTo(id);
    assertThat(test.app(app).primaryDomain()).isEqualTo(domain);
    assertThat(test.deployment(id).at("/deployment/preview_url"))
        .isEqualTo("http://" + domain + ":8000");
    assertThat(test.deployment(id).at("/deployment/commit_message")).isEqualTo("first");
    var route = agent.last(ROUTE_ADD).payload();
    assertThat(route)
        .isEqualTo(
            JSON.readTree(
                "{\"domain\":\"%s\",\"upstream_host\":\"%s\",\"upstream_port\":3000}"
                    .formatted(domain, container)));
    test.until("the source is gone", () -> !agent.seen(EXEC).isEmpty());
    assertThat(agent.last(EXEC).text("clone_dir")).startsWith("/tmp/deploy-build-");
    assertThat(members(agent.last(EXEC).payload())).containsExactly("clone_dir");
  }

  @Test
  void theCommandsAreThoseOfTheContract() {
    var agent = test.agent();
    var settings =
        Map.<String, Object>of(
            "port", 8080,
            "replicas", 2,
            "health_check_path", "/up",
            "root_directory", "sub/dir",
            "start_command", "run it");
    var app = test.emptyApp(agent, settings);
    var commit = test.upload(app, "sub/dir/Dockerfile", "FROM scratch\n");
    var id = test.live(app);
    var slug = test.app(app).slug();
    var image = "deploy-app-" + slug + ":" + shortId(id);
    var container = "deploy-app-" + slug + "-" + shortId(id) + "-";

    var clone = agent.last(APP_CLONE);
    assertThat(members(clone.payload()))
        .containsExactly("branch", "commit_sha", "github_token", "repo_url");
    assertThat(clone.text("repo_url")).isEqualTo(test.platform.url() + "/git/" + app + ".git");
    assertThat(clone.text("branch")).isEqualTo("main");
    assertThat(clone.text("commit_sha")).isEqualTo(commit);
    var folder = "/tmp/deploy-build-" + shortId(clone.command().id()) + "/sub/dir";
    assertThat(agent.last(APP_DETECT_FRAMEWORK).payload().toString())
        .isEqualTo("{\"clone_dir\":\"" + folder + "\"}");

    var build = agent.last(APP_BUILD);
    assertThat(members(build.payload()))
        .containsExactly("app_slug", "build_env_vars", "clone_dir", "image_tag", "no_cache");
    assertThat(build.text("image_tag")).isEqualTo(image);
    assertThat(build.text("clone_dir")).isEqualTo(folder);
    assertThat(build.text("app_slug")).isEqualTo(slug);

    var deploys = agent.seen(APP_DEPLOY);
    assertThat(deploys).hasSize(4);
    for (var replica = 0; replica < 2; replica++) {
      var deploy = deploys.get(replica).payload();
      assertThat(members(deploy))
          .containsExactly(
              "container_name",
              "env_vars",
              "image_tag",
              "labels",
              "override_cmd",
              "port",
              "process_name",
              "replica_index",
              "skip_pull");
      assertThat(deploy.get("container_name").asText()).isEqualTo(container + (replica + 1));
      assertThat(deploy.get("image_tag").asText()).isEqualTo(image);
      assertThat(deploy.get("port").asInt()).isEqualTo(8080);
      assertThat(deploy.get("skip_pull").asBoolean()).isTrue();
      assertThat(deploy.get("replica_index").asInt()).isEqualTo(replica);
      assertThat(deploy.get("override_cmd").asText()).isEqualTo("run it");
      assertThat(deploy.get("labels").toString())
          .contains("\"slipway.app\":\"" + app + "\"", "\"slipway.deployment\":\"" + id + "\"");
      var health = deploys.get(2 + replica).payload();
      assertThat(members(health))
          .containsExactly("container_name", "health_check_only", "health_check_path", "port");
      assertThat(health.get("container_name").asText()).isEqualTo(container + (replica + 1));
      assertThat(health.get("health_check_path").asText()).isEqualTo("/up");
      assertThat(health.get("port").asInt()).isEqualTo(8080);
    }
    assertThat(agent.last(ROUTE_ADD).text("upstream_host")).isEqualTo(container + "1");
  }

  @Test
  void eventsStepsAndLogTellTheSameStory() {
    var agent = test.agent();
    var app = test.app(agent);
    var id = test.live(app);
    assertThat(test.types(id).stream().filter(type -> !type.equals("progress")))
        .containsExactly("queued", "started", "recorded", "succeeded");
    var progress =
        test.events(id).stream()
            .filter(event -> event.type().endsWith(".progress"))
            .map(event -> event.text("phase") + " " + event.text("status"))
            .toList();
    assertThat(progress)
        .containsExactly(
            "queued running",
            "clone running",
            "clone succeeded",
            "build running",
            "build running",
            "build succeeded",
            "deploy running",
            "deploy succeeded",
            "health_check running",
            "health_check succeeded",
            "route running",
            "route succeeded",
            "done succeeded");
    assertThat(
            test.events(id).stream()
                .filter(event -> event.type().endsWith(".progress"))
                .map(event -> Integer.parseInt(event.text("seq"))))
        .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 13).boxed().toList());
    var found = test.user.get("/api/operations?reference_id=" + id);
    assertThat(found.at("/operations/0/type")).isEqualTo("deploy");
    var steps = test.user.get("/api/operations/" + found.at("/operations/0/id") + "/steps").json();
    assertThat(steps.findValuesAsText("name"))
        .containsExactly("clone", "build", "deploy", "health_check", "route");
    assertThat(steps.findValuesAsText("status")).containsOnly("succeeded");
    var log = test.user.get("/api/deployments/" + id + "/logs/persisted");
    assertThat(log.json().at("/complete").asBoolean()).isTrue();
    assertThat(log.json().at("/logs").findValuesAsText("message"))
        .contains("Cloning the source", "Building")
        .last()
        .asString()
        .startsWith("Live at http://");
  }

  @Test
  void anImageNeedsNoBuild() {
    var agent = test.agent();
    var app =
        test.emptyApp(agent, Map.of("source_type", "image", "image", "nginx:1.27", "port", 80));
    var id = test.deploy(app);
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.DEPLOYING);
    test.untilStatus(id, "live");
    assertThat(agent.types()).doesNotContain(APP_CLONE, APP_BUILD);
    var deploy = agent.seen(APP_DEPLOY).getFirst();
    assertThat(deploy.text("image_tag")).isEqualTo("nginx:1.27");
    assertThat(deploy.payload().get("skip_pull").asBoolean()).isFalse();
    var operation = test.user.get("/api/operations?reference_id=" + id).at("/operations/0/id");
    assertThat(
            test.user
                .get("/api/operations/" + operation + "/steps")
                .json()
                .findValuesAsText("status"))
        .containsExactly("skipped", "skipped", "succeeded", "succeeded", "succeeded");
  }

  @Test
  void aServerWithoutAKnownEdgeChoosesTheNameItself() {
    var agent = test.agent(test.tenant, "{\"runtime\":\"rust\"}");
    var app = test.app(agent);
    var id = test.live(app);
    var setup = agent.last(APP_PROXY_SETUP);
    assertThat(members(setup.payload()))
        .containsExactly("container_name", "domains", "port", "slug");
    assertThat(setup.text("slug")).isEqualTo(test.app(app).slug());
    assertThat(
            test.deployment(id).json().at("/deployment").has("preview_url")
                && !test.deployment(id).json().at("/deployment/preview_url").isNull())
        .isFalse();
  }

  @Test
  void aRepositoryElsewhereGetsNoTokenOfOurs() {
    var agent = test.agent();
    var app = test.emptyApp(agent, Map.of("repository_url", "https://git.example.com/a/b.git"));
    var id = test.live(app);
    var clone = agent.last(APP_CLONE);
    assertThat(members(clone.payload())).containsExactly("branch", "repo_url");
    assertThat(test.deployment(id).at("/deployment/branch")).isEqualTo("main");
  }

  @Test
  void aProcessServerBuildsAsTheAppSaysAndTellsWhatItIs() {
    var agent =
        test.agent(
            test.tenant,
            "{\"runtime\":\"process\",\"edge_url\":\"http://127.0.0.1:1\",\"public_host\":\"h\"}");
    agent.on(APP_DETECT_FRAMEWORK, completed("{\"name\":\"procfile\",\"start_command\":\"x\"}"));
    var app = test.emptyApp(agent, Map.of("build_command", "make", "install_command", "get"));
    test.upload(app, "Procfile", "web: x");
    var id = test.live(app);
    var build = agent.last(APP_BUILD);
    assertThat(build.text("build_command")).isEqualTo("make");
    assertThat(build.text("install_command")).isEqualTo("get");
    assertThat(build.payload().has("dockerfile_content")).isFalse();
    var manifest = test.user.get("/api/builds/" + test.deployment(id).at("/deployment/build_id"));
    assertThat(manifest.at("/framework/name")).isEqualTo("procfile");
    assertThat(manifest.at("/builder")).isEqualTo("host");
  }

  @Test
  void whatIsDetectedBecomesADockerfile() {
    var agent = test.agent();
    agent.on(
        APP_DETECT_FRAMEWORK,
        completed(
            "{\"name\":\"Express\",\"package_manager\":\"npm\",\"start_command\":\"node .\"}"));
    var app = test.app(agent);
    test.live(app);
    var build = agent.last(APP_BUILD);
    assertThat(build.text("dockerfile_source")).isEqualTo("generated");
    assertThat(build.text("dockerfile_content")).startsWith("FROM node:22-slim\n");
  }

  @Test
  void theNextVersionTakesTheRouteAndThePlaceOfTheFirst() {
    var agent = test.agent();
    var app = test.app(agent);
    var first = test.live(app);
    var old = agent.seen(APP_DEPLOY).getFirst().text("container_name");
    test.upload(app, "Dockerfile", "FROM scratch\n# two\n");
    agent.forget();
    var second = test.live(app);
    test.until("the first is removed", () -> !agent.seen(APP_STOP).isEmpty());
    assertThat(agent.types()).containsSubsequence(ROUTE_ADD, APP_STOP);
    assertThat(agent.last(APP_STOP).payload().toString())
        .isEqualTo("{\"container_name\":\"" + old + "\"}");
    assertThat(test.status(first)).isEqualTo("superseded");
    assertThat(test.types(first)).last().isEqualTo("superseded");
    assertThat(test.app(app).currentDeploymentId()).isEqualTo(second);
    test.until(
        "only the second is there",
        () ->
            test.query(
                    "select deployment_id from deployments_instance where app_id = '" + app + "'")
                .equals(List.of(second.toString())));
    assertThat(
            test.query("select container_name from deployments_route where app_id = '" + app + "'"))
        .containsExactly(agent.seen(APP_DEPLOY).getFirst().text("container_name"));
  }

  @Test
  void afterOneThatFailedTheNextIsStarted() {
    var agent = test.agent();
    agent.on(APP_BUILD, TestAgent.Reply.silence());
    var app = test.app(agent);
    var first = test.deploy(app);
    test.until("it builds", () -> !agent.seen(APP_BUILD).isEmpty());
    var second = test.deploy(app);
    var build = agent.last(APP_BUILD);
    agent.heal(APP_BUILD);
    agent.end(build, TestAgent.Reply.failed("no"));
    test.untilStatus(second, "live");
    assertThat(test.status(first)).isEqualTo("failed");
  }

  @Test
  void aNewServerTakesTheAppAndTheOldOneForgetsIt() {
    var old = test.agent();
    var app = test.app(old);
    test.live(app);
    var next = test.agent();
    var id = test.deploy(app, Map.of("server_id", next.server()));
    test.untilStatus(id, "live");
    test.until(
        "the old server is clear",
        () ->
            !old.seen(APP_STOP).isEmpty()
                && !old.seen(dev.slipway.fleet.CommandType.ROUTE_REMOVE).isEmpty());
    assertThat(test.app(app).serverId()).isEqualTo(next.server());
    assertThat(test.query("select server_id from deployments_route where app_id = '" + app + "'"))
        .containsExactly(next.server().toString());
  }

  @Test
  void deliveringEverythingAgainChangesNothing() {
    var agent = test.agent();
    var app = test.app(agent);
    var id = test.live(app);
    test.until("all is quiet", () -> !agent.seen(EXEC).isEmpty() && !test.step());
    var rows = "select t::text from deployments_deployment t order by id";
    var before =
        test.query(rows.replace("t::text", "(t.status, t.progress_seq, t.finished_at)::text"));
    var commands = test.query("select id::text from fleet_command order by id");
    test.deliverAllAgain();
    assertThat(
            test.query(rows.replace("t::text", "(t.status, t.progress_seq, t.finished_at)::text")))
        .isEqualTo(before);
    assertThat(test.query("select id::text from fleet_command order by id")).isEqualTo(commands);
    assertThat(test.status(id)).isEqualTo("live");
  }
}
