package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secret addresses that start deployments. */
class HookIT {
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

  @BeforeEach
  void fresh() {
    test.platform.resetRateLimits();
  }

  static String hooks(UUID app) {
    return "/api/apps/" + app + "/deploy-hooks";
  }

  static String address(String token) {
    return "/api/deploy-hooks/" + token;
  }

  @Test
  void whoeverKnowsTheAddressStartsADeployment() {
    var app = test.app(agent);
    var hook = expect(201, test.user.post(hooks(app), Map.of("name", "nightly")));
    var token = hook.at("/token");
    assertThat(hook.at("/url")).isEqualTo(test.platform.url() + address(token));
    var answer = test.platform.anonymous().post(address(token), null);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.at("/status")).isEqualTo("queued");
    assertThat(answer.at("/app_id")).isEqualTo(app.toString());
    var id = UUID.fromString(answer.at("/deployment_id"));
    test.untilStatus(id, "live");
    assertThat(test.deployment(id).at("/deployment/trigger")).isEqualTo("hook");
    var listed = test.user.get(hooks(app));
    assertThat(listed.at("/hooks/0/trigger_count")).isEqualTo("1");
    assertThat(listed.text()).doesNotContain(token);
    assertThat(test.rowsWith("%", token)).as("the token is kept nowhere").isEmpty();
  }

  @Test
  void aCallMayNameABranchAndACommit() {
    var app = test.emptyApp(agent, Map.of());
    var commit = test.upload(app, "Dockerfile", "FROM scratch\n");
    var token = test.user.post(hooks(app), Map.of("name", "ci", "branch", "main")).at("/token");
    var anybody = test.platform.anonymous();
    var named =
        anybody.post(address(token), Map.of("ref", "refs/heads/main", "commit_sha", commit));
    var id = UUID.fromString(expect(202, named).at("/deployment_id"));
    assertThat(test.deployment(id).at("/deployment/commit_sha")).isEqualTo(commit);
    assertThat(anybody.post(address(token), Map.of("ref", "other")).fields())
        .containsExactly("ref");
    assertThat(anybody.post(address(token), Map.of("commit_sha", "zzz")).fields())
        .containsExactly("commit_sha");
  }

  @Test
  void aDeletedOrUnknownHookLeadsNowhere() {
    var app = test.app(agent);
    var hook = test.user.post(hooks(app), Map.of("name", "old"));
    var path = hooks(app) + "/" + hook.at("/hook/id");
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(stranger.get(hooks(app)).status()).isEqualTo(404);
    assertThat(stranger.post(hooks(app), Map.of("name", "mine")).status()).isEqualTo(404);
    assertThat(test.user.delete(hooks(test.app(agent)) + "/" + hook.at("/hook/id")).status())
        .isEqualTo(404);
    assertThat(test.user.delete(path).status()).isEqualTo(204);
    assertThat(test.user.delete(path).status()).isEqualTo(404);
    for (var token : List.of(hook.at("/token"), "dh_nonsense")) {
      assertThat(test.platform.anonymous().post(address(token), null).status()).isEqualTo(404);
    }
    assertThat(test.user.post(hooks(app), Map.of("name", " ")).fields()).containsExactly("name");
    assertThat(test.user.post(hooks(app), Map.of("name", "a", "branch", "a b")).fields())
        .containsExactly("branch");
  }

  @Test
  void callsAreCounted() {
    var statuses =
        IntStream.range(0, 61)
            .mapToObj(call -> test.platform.anonymous().post(address("dh_x"), null).status())
            .toList();
    assertThat(statuses.getLast()).isEqualTo(429);
    assertThat(statuses.getFirst()).isEqualTo(404);
  }

  @Test
  void aRolloutPolicyIsKept() {
    var app = test.app(agent);
    var path = "/api/apps/" + app + "/rollout-policy";
    assertThat(test.user.get(path).status()).isEqualTo(404);
    var first = expect(201, test.user.post(path, Map.of("strategy", "blue_green")));
    assertThat(first.at("/rollout_policy/min_health_score")).isEqualTo("80");
    assertThat(test.user.post(path, Map.of("strategy", "recreate")).status()).isEqualTo(409);
    var step = Map.of("weight_percent", 10, "pause_seconds", 5);
    var canary = Map.of("strategy", "canary", "steps", List.of(step));
    assertThat(expect(200, test.user.put(path, canary)).at("/rollout_policy/strategy"))
        .isEqualTo("canary");
    assertThat(test.user.get(path).at("/rollout_policy/steps/0/weight_percent")).isEqualTo("10");
    for (var bad :
        List.<Map<String, Object>>of(
            Map.of("strategy", "hope"),
            Map.of("strategy", "canary"),
            Map.of("strategy", "canary", "steps", List.of(step, step)),
            Map.of("strategy", "rolling", "min_health_score", 101))) {
      assertThat(test.user.put(path, bad).status()).as(bad.toString()).isEqualTo(400);
    }
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.put(path, canary).status()).isEqualTo(404);
    assertThat(stranger.post(path, canary).status()).isEqualTo(404);
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(test.user.delete(path).status()).isEqualTo(204);
    assertThat(test.user.get(path).status()).isEqualTo(404);
    assertThat(test.user.put(path, canary).status()).isEqualTo(404);
  }
}
