package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An earlier version comes back in the environment that is named. */
class EnvironmentRollbackIT {
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

  static String path(UUID app) {
    return "/api/apps/" + app + "/rollback";
  }

  @Test
  void theVersionBeforeComesBackThere() {
    var app = test.app(test.agent());
    var production = test.live(app);
    var staging = environments.add(app, "staging");
    var first = environments.live(staging);
    var none = test.user.post(path(app), Map.of("environment", "staging"));
    assertThat(none.at("/code")).isEqualTo("deployments.rollback.no-version");
    test.upload(app, "Dockerfile", "FROM scratch\nLABEL version=2\n");
    var second = environments.live(staging);
    var back = expect(202, test.user.post(path(app), Map.of("environment", "staging")));
    assertThat(back.at("/deployment/environment_id")).isEqualTo(staging.toString());
    assertThat(back.at("/deployment/rollback_of")).isEqualTo(first.toString());
    test.untilStatus(UUID.fromString(back.at("/deployment/id")), "live");
    assertThat(test.status(second)).isIn("superseded", "rolled_back");
    assertThat(test.status(production)).isEqualTo("live");
  }

  @Test
  void aVersionOfAnotherPlaceIsRefused() {
    var app = test.app(test.agent());
    var first = test.live(app);
    test.upload(app, "Dockerfile", "FROM scratch\nLABEL version=2\n");
    test.live(app);
    environments.add(app, "staging");
    var wish = Map.of("environment", "staging", "deployment_id", first);
    var refused = expect(404, test.user.post(path(app), wish));
    assertThat(refused.at("/code")).isEqualTo("deployments.rollback.no-version");
    assertThat(refused.fields()).containsExactly("deployment_id");
    var nowhere = expect(404, test.user.post(path(app), Map.of("environment", "nowhere")));
    assertThat(nowhere.fields()).containsExactly("environment");
    var there = Map.of("environment", "production", "deployment_id", first);
    expect(202, test.user.post(path(app), there));
  }
}
