package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.failed;
import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.AppStatus;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rollback to an image that somebody has deleted fails with a reason; what is live stays. */
class LostImageIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not found: No such image: deploy-app-shop:0123",
        "image deploy-app-shop:0123 is not on this server: the process runtime runs only what it built"
      })
  void theLiveVersionStaysAndTheCauseIsNamed(String word) {
    var agent = test.agent();
    var app = test.app(agent);
    test.live(app);
    var live = test.live(app);
    agent.on(APP_DEPLOY, failed(word));
    var answer = expect(202, test.user.post("/api/apps/" + app + "/rollback", Map.of()));
    var back = UUID.fromString(answer.at("/deployment/id"));
    test.untilStatus(back, "failed");
    assertThat(test.deployment(back).at("/deployment/error_message"))
        .isEqualTo("Start failed: " + word);
    assertThat(test.status(live)).isEqualTo("live");
    assertThat(test.appStatus(app)).isEqualTo(AppStatus.RUNNING);
    assertThat(test.app(app).currentDeploymentId()).isEqualTo(live);
    var path = "/api/deployments/" + back + "/diagnostics";
    test.until("it is explained", () -> test.user.get(path).text().contains("image-gone"));
    // The same version can be made anew.
    agent.heal(APP_DEPLOY);
    test.live(app);
  }
}
