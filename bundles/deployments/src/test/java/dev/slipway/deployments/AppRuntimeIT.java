package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is set of an app beside its settings reaches the agent. */
class AppRuntimeIT {
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
  void limitsGoWithTheNextDeployment() {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    assertThat(started(agent).has("memory_mb")).isFalse();
    var path = "/api/apps/" + app + "/resource-limits";
    var limits = Map.of("cpu_cores", 0.5, "memory_mb", 256, "pids_limit", 100);
    var set = expect(200, test.user.put(path, limits));
    assertThat(set.at("/resource_limits/applied")).isEqualTo("false");
    test.live(app);
    assertThat(started(agent).path("memory_mb").asInt()).isEqualTo(256);
    assertThat(started(agent).path("cpu_cores").asDouble()).isEqualTo(0.5);
    assertThat(expect(200, test.user.put(path, limits)).at("/resource_limits/applied"))
        .isEqualTo("true");
  }

  /** The order to start a container; the one after it only waits until it answers. */
  static JsonNode started(TestAgent agent) {
    return agent.seen(APP_DEPLOY).stream()
        .map(TestAgent.Seen::payload)
        .filter(payload -> payload.has("image_tag"))
        .toList()
        .getLast();
  }

  @Test
  void theBuildAfterADroppedCacheUsesNoLayersOnce() {
    var agent = test.agent();
    var app = test.app(agent);
    expect(202, test.user.delete("/api/apps/" + app + "/build-cache"));
    assertThat(builtAnew(agent, app)).isTrue();
    assertThat(builtAnew(agent, app)).isFalse();
  }

  static boolean builtAnew(TestAgent agent, UUID app) {
    test.live(app);
    return agent.last(APP_BUILD).payload().path("no_cache").asBoolean();
  }

  @Test
  void buildAndRunVariablesAreApart() {
    var agent = test.agent();
    var app = test.app(agent);
    add(app, Map.of("key", "BOTH", "value", "1"));
    add(app, Map.of("key", "FOR_BUILD", "value", "2", "phases", List.of("build")));
    add(app, Map.of("key", "FOR_RUN", "value", "3", "phases", List.of("run")));
    add(app, Map.of("key", "SECRET", "value", "never-in-an-image", "is_secret", true));
    test.live(app);
    assertThat(agent.last(APP_BUILD).payload().path("build_env_vars").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("BOTH", "FOR_BUILD");
    assertThat(started(agent).path("env_vars").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("BOTH", "FOR_RUN", "SECRET");
  }

  static void add(UUID app, Map<String, Object> variable) {
    expect(201, test.user.post("/api/apps/" + app + "/env-vars", variable));
  }
}
