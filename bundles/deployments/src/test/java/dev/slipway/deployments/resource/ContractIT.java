package dev.slipway.deployments.resource;

import dev.slipway.deployments.TestAgent;
import dev.slipway.deployments.TestDeployments;
import dev.slipway.deployments.TestEnvironments;
import dev.slipway.fleet.CommandType;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises, over an app with a deployment that goes on and one that waits. */
class ContractIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    var agent = test.agent();
    var app = test.app(agent);
    var live = test.live(app);
    var environment = new TestEnvironments(test).add(app, "staging");
    agent.on(CommandType.APP_BUILD, TestAgent.Reply.silence());
    test.untilStatus(test.deploy(app), "building");
    test.sql(
        "update deployments_deployment set live_at = now() - interval '5 minutes' where id = '"
            + live
            + "'");
    test.wiring().score.run();
    var waiting = test.deployment(test.deploy(app));
    var hook = test.user.post("/api/apps/" + app + "/deploy-hooks", Map.of("name", "nightly"));
    var token = test.user.post("/api/apps/" + app + "/deploy-tokens", Map.of("name", "ci"));
    var shown = test.deployment(live);
    var build = shown.at("/deployment/build_id");
    var kept = kept(test, test.agent());
    return test.platform
        .contract(test.tenant)
        .before(test.platform::resetRateLimits)
        .withoutAudit()
        .object("/api/apps/{id}", app)
        .object("/api/apps/{id}/deployments/{id}", live)
        .object("/api/apps/{id}/deployment-intents/{id}", waiting.at("/deployment/intent_id"))
        .object("/api/apps/{id}/deploy-hooks/{id}", hook.at("/hook/id"))
        .object("/api/apps/{id}/previews/{id}", test.preview(app, live))
        .object("/api/apps/{id}/deploy-tokens/{id}", token.at("/deploy_token/id"))
        .object("/api/kept-volumes/{id}", kept)
        .object("/api/deployments/{id}", live)
        .object("/console/apps/{id}", app)
        .object("/console/deployments/{id}", live)
        .object("/console/parts/apps/{id}", app)
        .object("/console/parts/deployments/{id}", live)
        .object("/api/environments/{id}", environment)
        .object("/api/builds/{id}", build)
        .object("/api/builds/{id}/diff/{id}", build)
        .object("/api/releases/{id}", shown.at("/deployment/release_name"))
        .features("deployments")
        .tests();
  }

  /** A volume that outlived its app. */
  static String kept(TestDeployments test, TestAgent agent) {
    var app = test.app(agent);
    var volume = Map.of("name", "data", "mount_path", "/data");
    TestDeployments.expect(201, test.user.post("/api/apps/" + app + "/volumes", volume));
    test.live(app);
    var deleted = TestDeployments.expect(202, test.user.delete("/api/apps/" + app));
    test.untilOperation(UUID.fromString(deleted.at("/operation_id")), "succeeded");
    test.until("it is forgotten", () -> !test.step());
    return test.user.get("/api/kept-volumes?app_id=" + app).at("/kept_volumes/0/id");
  }
}
