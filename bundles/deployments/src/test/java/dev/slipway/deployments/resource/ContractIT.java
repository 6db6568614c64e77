package dev.slipway.deployments.resource;

import dev.slipway.deployments.TestAgent;
import dev.slipway.deployments.TestDeployments;
import dev.slipway.deployments.TestEnvironments;
import dev.slipway.fleet.CommandType;
import java.util.Map;
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
}
