package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.completed;
import static dev.slipway.deployments.TestAgent.Reply.failed;
import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_DETECT_FRAMEWORK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Builds with their releases, and what is different between deployments. */
class ReleaseIT {
  static TestDeployments test;
  static TestAgent agent;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    agent = test.agent();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static String release(UUID deployment) {
    return test.deployment(deployment).at("/deployment/release_name");
  }

  static String build(UUID deployment) {
    return test.deployment(deployment).at("/deployment/build_id");
  }

  @Test
  void eachBuildIsARelease() {
    var node = test.agent();
    node.on(
        APP_DETECT_FRAMEWORK,
        command ->
            completed(
                "{\"name\":\"Express\",\"package_manager\":\"npm\",\"start_command\":\"node .\","
                    + "\"node_version\":\"22\"}"));
    var app = test.app(node);
    var id = test.live(app);
    assertThat(release(id)).matches("[a-z]+-[a-z]+-\\d+");
    var manifest = expect(200, test.user.get("/api/builds/" + build(id)));
    assertThat(manifest.at("/release_name")).isEqualTo(release(id));
    assertThat(manifest.at("/framework/name")).isEqualTo("Express");
    assertThat(manifest.at("/runtime/name")).isEqualTo("node");
    assertThat(manifest.at("/runtime/version")).isEqualTo("22");
    assertThat(manifest.at("/base/image")).isEqualTo("node:22-slim");
    assertThat(manifest.at("/builder")).isEqualTo("generated");
    assertThat(manifest.at("/status")).isEqualTo("succeeded");
    assertThat(manifest.at("/commit_sha")).matches("[0-9a-f]{40}");
    assertThat(test.user.get("/api/releases/" + release(id)).at("/id")).isEqualTo(build(id));
    assertThat(test.types(id)).contains("recorded");
  }

  @Test
  void aBuildThatFailedIsRecordedToo() {
    var broken = test.agent().on(APP_BUILD, failed("no"));
    var app = test.app(broken);
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    var builds = expect(200, test.user.get("/api/builds?app_id=" + app));
    assertThat(builds.at("/builds/0/status")).isEqualTo("failed");
    var name = builds.at("/builds/0/release_name");
    assertThat(test.user.post("/api/releases/" + name + "/rollback", null).status()).isEqualTo(404);
  }

  @Test
  void aReleaseComesBackWithoutABuild() {
    var app = test.app(agent);
    var first = test.live(app);
    test.upload(app, "Dockerfile", "FROM scratch\n# two\n");
    var second = test.live(app);
    assertThat(release(second)).isNotEqualTo(release(first));
    var builds = agent.seen(APP_BUILD).size();
    var path = "/api/releases/" + release(first) + "/rollback";
    var answer = expect(202, test.user.post(path, Map.of("reason", "two is broken")));
    assertThat(answer.at("/rebuild")).isEqualTo("false");
    assertThat(answer.at("/image")).isEqualTo(test.deployment(first).at("/deployment/image"));
    var third = UUID.fromString(answer.at("/deployment_id"));
    test.untilStatus(third, "live");
    assertThat(agent.seen(APP_BUILD)).hasSize(builds);
    assertThat(release(third)).isEqualTo(release(first));
    assertThat(test.status(second)).isEqualTo("rolled_back");
    assertThat(test.user.post(path, Map.of("environment", "moon")).status()).isEqualTo(404);
    assertThat(test.user.post("/api/releases/no-such-1/rollback", null).status()).isEqualTo(404);
  }

  @Test
  void buildsArePagedAndCompared() {
    var app = test.app(agent);
    var ids = new ArrayList<UUID>();
    for (var version = 0; version < 3; version++) {
      test.upload(app, "Dockerfile", "FROM scratch\n# " + version + "\n");
      ids.add(test.live(app));
    }
    var first = test.user.get("/api/builds?limit=2&app_id=" + app);
    assertThat(first.json().at("/builds")).hasSize(2);
    assertThat(first.at("/builds/0/deployment_id")).isEqualTo(ids.getLast().toString());
    var rest =
        test.user.get("/api/builds?limit=2&app_id=" + app + "&before=" + first.at("/next_before"));
    assertThat(rest.json().at("/builds")).hasSize(1);
    assertThat(rest.json().at("/next_before").isNull()).isTrue();
    var diff = test.user.get("/api/builds/" + build(ids.get(0)) + "/diff/" + build(ids.get(1)));
    assertThat(diff.at("/identical")).isEqualTo("true");
    assertThat(test.user.get("/api/builds?limit=101").fields()).containsExactly("limit");
  }

  @Test
  void anotherTenantFindsNothing() {
    var app = test.app(agent);
    var id = test.live(app);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    for (var path :
        List.of(
            "/api/builds/" + build(id),
            "/api/builds/" + build(id) + "/diff/" + build(id),
            "/api/releases/" + release(id),
            "/api/observability/deployment-diffs?from=" + id + "&to=" + id,
            "/api/apps/" + app + "/deployments/" + id + "/changes",
            "/api/apps/" + app + "/deploy-progress/replay?from_ts=" + now())) {
      assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(stranger.get("/api/builds").json().at("/builds")).isEmpty();
    assertThat(stranger.post("/api/releases/" + release(id) + "/rollback", null).status())
        .isEqualTo(404);
  }

  static long now() {
    return Instant.now().toEpochMilli();
  }

  @Test
  void whatIsDifferentIsToldByKeysAlone() {
    var app = test.emptyApp(agent, Map.of());
    var before = test.upload(app, "Dockerfile", "FROM scratch\n");
    var secret = "very-secret-" + Ids.next();
    var first =
        test.deploy(
            app, Map.of("env_overrides", Map.of("GONE", "a", "SAME", "s", "API_KEY", secret)));
    test.untilStatus(first, "live");
    var after = test.upload(app, "Dockerfile", "FROM scratch\n# two\n");
    var second =
        test.deploy(
            app, Map.of("env_overrides", Map.of("NEW", "b", "SAME", "s", "API_KEY", secret + "2")));
    test.untilStatus(second, "live");

    var diff =
        expect(
            200,
            test.user.get("/api/observability/deployment-diffs?from=" + first + "&to=" + second));
    assertThat(diff.json().at("/diff/env_keys").toString())
        .isEqualTo("{\"added\":[\"NEW\"],\"removed\":[\"GONE\"],\"changed\":[\"API_KEY\"]}");
    assertThat(diff.at("/diff/image/changed")).isEqualTo("true");
    assertThat(diff.text()).doesNotContain(secret);
    var changes =
        expect(200, test.user.get("/api/apps/" + app + "/deployments/" + second + "/changes"));
    assertThat(changes.at("/previous_deployment_id")).isEqualTo(first.toString());
    assertThat(changes.at("/previous_commit_sha")).isEqualTo(before);
    assertThat(changes.at("/commit_sha")).isEqualTo(after);
    assertThat(changes.json().at("/compare_url").isNull()).isTrue();
    assertThat(changes.at("/env_changes/changed/0")).isEqualTo("API_KEY");
    assertThat(changes.text()).doesNotContain(secret);
    assertThat(test.rowsWith("deployments%", secret)).isEmpty();
    assertThat(test.user.get("/api/observability/deployment-diffs?from=" + first).fields())
        .containsExactly("to");
  }

  @Test
  void missedProgressIsToldOnceMore() {
    var app = test.app(agent);
    var from = now();
    var id = test.live(app);
    var path = "/api/apps/" + app + "/deploy-progress/replay";
    var all = expect(200, test.user.get(path + "?from_ts=" + from)).json().at("/events");
    assertThat(all.get(0).path("phase").asText()).isEqualTo("queued");
    assertThat(all.get(all.size() - 1).path("phase").asText()).isEqualTo("done");
    all.forEach(event -> assertThat(event.path("deployment_id").asText()).isEqualTo(id.toString()));
    assertThat(test.user.get(path + "?limit=2&from_ts=" + from).json().at("/events")).hasSize(2);
    assertThat(test.user.get(path + "?from_ts=" + (now() + 60_000)).json().at("/events")).isEmpty();
    for (var bad :
        List.of(
            "",
            "?from_ts=" + (from - Duration.ofHours(25).toMillis()),
            "?from_ts=x",
            "?limit=2001&from_ts=" + from)) {
      assertThat(test.user.get(path + bad).status()).as(bad).isEqualTo(400);
    }
  }
}
