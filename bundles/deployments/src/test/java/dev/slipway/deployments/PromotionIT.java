package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_CLONE;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A version goes from environment to environment as it was built. */
class PromotionIT {
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

  /** An app with a staging that its live environment promotes from. */
  private record Line(TestAgent agent, UUID app, UUID staging, UUID live) {
    static Line of(Map<String, Object> live) {
      var agent = test.agent();
      var app = test.app(agent);
      var staging = environments.add(app, "staging");
      var settings = new java.util.HashMap<String, Object>(Map.of("promotes_from_id", staging));
      settings.putAll(live);
      return new Line(agent, app, staging, environments.add(app, "production", settings));
    }
  }

  static String text(UUID deployment, String member) {
    return test.deployment(deployment).at("/deployment/" + member);
  }

  static JsonNode variables(TestAgent agent, UUID deployment) {
    return agent.seen(APP_DEPLOY).stream()
        .filter(seen -> seen.payload().has("env_vars"))
        .filter(seen -> seen.text("container_name").contains(DeployFlowIT.shortId(deployment)))
        .findFirst()
        .orElseThrow()
        .payload()
        .get("env_vars");
  }

  static Map<String, Object> from(UUID deployment) {
    return Map.of("promote_from_deployment_id", deployment);
  }

  @Test
  void aPromotedReleaseIsTheSameBuild() {
    var line = Line.of(Map.of());
    var tested = environments.live(line.staging, Map.of("message", "one"));
    // What came after the test is not what is shipped.
    test.upload(line.app, "Dockerfile", "FROM scratch\n# two\n");
    expect(200, test.user.patch("/api/apps/" + line.app, Map.of("start_command", "other")));
    var before = line.agent.seen(APP_DEPLOY).getFirst().payload();
    line.agent.forget();
    var id = environments.promoted(line.live, tested);

    assertThat(line.agent.types()).doesNotContain(APP_CLONE, APP_BUILD);
    var deploy = line.agent.seen(APP_DEPLOY).getFirst().payload();
    assertThat(deploy.get("image_tag")).isEqualTo(before.get("image_tag"));
    assertThat(deploy.get("skip_pull").asBoolean()).isTrue();
    assertThat(deploy.has("override_cmd")).isFalse();
    for (var same : List.of("image", "build_id", "release_name", "commit_sha", "commit_message")) {
      assertThat(text(id, same)).as(same).isEqualTo(text(tested, same)).isNotEqualTo("null");
    }
    assertThat(text(id, "trigger")).isEqualTo("promotion");
    assertThat(text(id, "environment_id")).isEqualTo(line.live.toString());
    assertThat(test.status(tested)).isEqualTo("live");
    var builds = test.user.get("/api/builds?app_id=" + line.app).json().at("/builds");
    assertThat(builds).hasSize(1);
  }

  @Test
  void stagingSecretsNeverReachProduction() {
    var line = Line.of(Map.of());
    var secret = "staging-only-" + Ids.next();
    var override = "once-only-" + Ids.next();
    var bound = "bound-to-staging-" + Ids.next();
    var own = "production-only-" + Ids.next();
    environments.secret(line.staging, "API_TOKEN", secret);
    environments.secret(line.live, "API_TOKEN", own);
    expect(
        201,
        test.user.post(
            "/api/apps/" + line.app + "/env-vars",
            Map.of(
                "key",
                "MAIL_PASSWORD",
                "value",
                bound,
                "is_secret",
                true,
                "stage_bindings",
                List.of("staging"))));
    var tested =
        environments.live(line.staging, Map.of("env_overrides", Map.of("DEBUG_SECRET", override)));
    var there = variables(line.agent, tested);
    assertThat(there.path("API_TOKEN").asText()).isEqualTo(secret);
    assertThat(there.path("MAIL_PASSWORD").asText()).isEqualTo(bound);
    assertThat(there.path("DEBUG_SECRET").asText()).isEqualTo(override);

    var promoted = environments.promoted(line.live, tested);
    var production = test.live(line.app);
    assertThat(variables(line.agent, promoted).path("API_TOKEN").asText()).isEqualTo(own);
    for (var id : List.of(promoted, production)) {
      assertThat(variables(line.agent, id).toString()).doesNotContain(secret, bound, override);
    }
    assertThat(variables(line.agent, production).has("API_TOKEN")).isFalse();
    line.agent.seen(APP_BUILD).stream()
        .map(seen -> seen.payload().toString())
        .forEach(build -> assertThat(build).doesNotContain(secret, bound, override, own));
    for (var value : List.of(secret, bound, override, own)) {
      assertThat(test.platform.secrets().mask("x " + value)).doesNotContain(value);
      for (var tables : List.of("deployments%", "apps%", "fleet%", "logs%", "%event%")) {
        assertThat(test.rowsWith(tables, value)).as(tables).isEmpty();
      }
    }
  }

  @Test
  void theNearestLayerOfAVariableCounts() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    for (var key : List.of("APP_ONLY", "BOTH")) {
      expect(
          201,
          test.user.post(
              "/api/apps/" + app + "/env-vars", Map.of("key", key, "value", "of the app")));
    }
    expect(
        200,
        test.user.put(
            "/api/environments/" + staging + "/env-vars",
            Map.of("variables", List.of(Map.of("key", "BOTH", "value", "of staging")))));
    var id = environments.live(staging);
    assertThat(variables(agent, id).path("APP_ONLY").asText()).isEqualTo("of the app");
    assertThat(variables(agent, id).path("BOTH").asText()).isEqualTo("of staging");
    var production = test.live(app);
    assertThat(variables(agent, production).path("BOTH").asText()).isEqualTo("of the app");
  }

  @Test
  void versionsComeOnTheirWayAlone() {
    var line = Line.of(Map.of());
    var production = test.live(line.app);
    var refused = environments.ask(line.live, from(production));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/code")).isEqualTo("deployments.promotion.off-the-way");
    assertThat(refused.text()).contains("staging");
    var development = environments.add(line.app, "development");
    var there = environments.live(development);
    assertThat(environments.ask(line.live, from(there)).status()).isEqualTo(422);
    // Nothing is said of where staging gets its versions from.
    environments.promoted(line.staging, there);
  }

  @Test
  void whatCanNotBePromotedIsRefused() {
    var line = Line.of(Map.of());
    line.agent.on(APP_BUILD, TestAgent.Reply.failed("no"));
    var broken = environments.deploy(line.staging, Map.of());
    test.untilStatus(broken, "failed");
    line.agent.heal(APP_BUILD);
    var never = environments.ask(line.live, from(broken));
    assertThat(never.status()).isEqualTo(422);
    assertThat(never.at("/code")).isEqualTo("deployments.promotion.never-live");
    assertThat(never.fields()).containsExactly("promote_from_deployment_id");

    var good = environments.live(line.staging);
    assertThat(environments.ask(line.staging, from(good)).at("/code"))
        .isEqualTo("deployments.promotion.at-home");
    for (var more :
        Map.<String, Object>of(
                "branch", "main",
                "commit_sha", "0123456",
                "image", "nginx",
                "skip_cache", true,
                "force_rebuild", true)
            .entrySet()) {
      var wish = Map.of("promote_from_deployment_id", good, more.getKey(), more.getValue());
      var answer = environments.ask(line.live, wish);
      assertThat(answer.status()).as(more.getKey()).isEqualTo(400);
    }
    assertThat(environments.ask(line.live, from(Ids.next())).status()).isEqualTo(404);
    var other = test.app(line.agent);
    var foreign = environments.live(environments.add(other, "staging"));
    assertThat(environments.ask(line.live, from(foreign)).status()).isEqualTo(404);
    var bad = Map.of("promote_from_deployment_id", good, "env_overrides", Map.of("1X", "v"));
    assertThat(environments.ask(line.live, bad).fields()).containsExactly("env_overrides");
  }

  @Test
  void aBuildGoesOnlyWhereItsImageIs() {
    var away = test.agent();
    var line = Line.of(Map.of("server_id", away.server()));
    var tested = environments.live(line.staging);
    var refused = environments.ask(line.live, from(tested));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/code")).isEqualTo("deployments.promotion.elsewhere");

    var pinned = "registry.example.com/shop@sha256:" + "0a".repeat(32);
    var image = environments.live(line.staging, Map.of("image", pinned));
    environments.promoted(line.live, image);
    var deploy = away.seen(APP_DEPLOY).getFirst();
    assertThat(deploy.text("image_tag")).isEqualTo(pinned);
    assertThat(deploy.payload().get("skip_pull").asBoolean()).isFalse();
  }

  @Test
  void aClosedServerIsAConflict() {
    var line = Line.of(Map.of());
    var tested = environments.live(line.staging);
    test.sql("update fleet_server set is_cordoned = true where id = '" + line.agent.server() + "'");
    assertThat(environments.ask(line.live, from(tested)).status()).isEqualTo(409);
  }

  @Test
  void aProtectedEnvironmentWaitsForAnApproval() {
    var line = Line.of(Map.of("is_protected", true));
    var tested = environments.live(line.staging);
    var answer = expect(202, environments.ask(line.live, from(tested)));
    assertThat(answer.at("/deployment/status")).isEqualTo("awaiting_approval");
    assertThat(answer.at("/deployment/approvals_required")).isEqualTo("1");
    assertThat(answer.at("/intent/reason")).isEqualTo("approval_required");
    var id = UUID.fromString(answer.at("/deployment/id"));
    var vote = "/api/apps/" + line.app + "/deployments/" + id + "/approve";
    assertThat(test.user.post(vote, null).status()).isEqualTo(403);
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    expect(200, admin.post(vote, Map.of("comment", "tested")));
    test.untilStatus(id, "live");
    assertThat(text(id, "build_id")).isEqualTo(text(tested, "build_id"));
    assertThat(line.agent.seen(APP_BUILD)).hasSize(1);
  }

  @Test
  void aPolicyHoldsTheEnvironmentsThatItNames() {
    var agent = test.agent();
    var app = test.app(agent);
    var qa = environments.add(app, "staging", Map.of("name", "Quality"));
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    var policy = "/api/apps/" + app + "/approval-policy";
    for (var name : List.of("quality", "Quality", "staging")) {
      var members = Map.of("enabled", true, "required_approvals", 2, "environments", List.of(name));
      expect(200, admin.put(policy, members));
      var answer = expect(202, environments.ask(qa, Map.of()));
      assertThat(answer.at("/deployment/status")).as(name).isEqualTo("awaiting_approval");
      assertThat(answer.at("/deployment/approvals_required")).isEqualTo("2");
      var reject = "/api/deployments/" + answer.at("/deployment/id") + "/reject";
      expect(200, admin.post(reject, Map.of("comment", "no")));
    }
    test.live(app);
    expect(200, admin.put(policy, Map.of("enabled", true, "environments", List.of("production"))));
    environments.live(qa);
    assertThat(test.status(test.deploy(app))).isEqualTo("awaiting_approval");
  }

  @Test
  void aReleaseIsPromotedIntoTheAppsProductionByItsName() {
    var agent = test.agent();
    var app = test.app(agent);
    var staging = environments.add(app, "staging");
    var tested = environments.live(staging);
    var path = "/api/releases/" + text(tested, "release_name") + "/rollback";
    var answer = expect(202, test.user.post(path, null));
    var id = UUID.fromString(answer.at("/deployment_id"));
    test.untilStatus(id, "live");
    assertThat(text(id, "trigger")).isEqualTo("promotion");
    assertThat(test.app(app).currentDeploymentId()).isEqualTo(id);
    assertThat(agent.seen(APP_BUILD)).hasSize(1);
    assertThat(test.user.post(path, null).status()).isEqualTo(409);
  }

  @Test
  void theGraphShowsWhatWasShipped() {
    var line = Line.of(Map.of());
    var tested = environments.live(line.staging);
    var promoted = environments.promoted(line.live, tested);
    line.agent.on(APP_BUILD, TestAgent.Reply.failed("no"));
    test.untilStatus(environments.deploy(line.staging, Map.of()), "failed");
    var graph = expect(200, test.user.get("/api/environments/graph")).json();
    var staging = member(graph.at("/nodes"), "id", line.staging);
    assertThat(staging.at("/health").asText()).isEqualTo("healthy");
    assertThat(staging.at("/current_deployment_id").asText()).isEqualTo(tested.toString());
    assertThat(staging.at("/metrics/1h/deployments").asInt()).isEqualTo(2);
    assertThat(staging.at("/metrics/7d/failed_deployments").asInt()).isEqualTo(1);
    assertThat(staging.at("/metrics/1h/requests").isNull()).isTrue();
    var edge = member(graph.at("/edges"), "target_environment_id", line.live);
    assertThat(edge.at("/source_environment_id").asText()).isEqualTo(line.staging.toString());
    assertThat(edge.at("/last_promotion/deployment_id").asText()).isEqualTo(promoted.toString());
  }

  private static JsonNode member(JsonNode list, String name, UUID value) {
    for (var each : list) {
      if (each.path(name).asText().equals(value.toString())) {
        return each;
      }
    }
    throw new AssertionError("no " + name + " " + value + " in " + list);
  }
}
