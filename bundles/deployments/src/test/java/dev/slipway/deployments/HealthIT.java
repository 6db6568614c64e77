package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scores of what is live, and the requests of two versions side by side. */
class HealthIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  static String path(UUID deployment) {
    return "/api/deployments/" + deployment + "/health-score";
  }

  /** It went live some minutes ago. */
  static void age(UUID deployment, int minutes) {
    test.sql(
        "update deployments_deployment set live_at = now() - interval '"
            + minutes
            + " minutes' where id = '"
            + deployment
            + "'");
  }

  @Test
  void whatIsLiveIsScoredAndNothingElse() {
    var rollout = Rollout.of(test, 1);
    var container = rollout.container(rollout.live);
    assertThat(test.user.get(path(rollout.live)).status()).isEqualTo(404);
    test.wiring().score.run();
    assertThat(test.user.get(path(rollout.live)).status()).as("too early").isEqualTo(404);
    age(rollout.live, 5);
    rollout.agent.passed(container, 100, 5, 20);
    rollout.untilCounted(container, 100);
    test.wiring().score.run();
    var score = expect(200, test.user.get(path(rollout.live)));
    assertThat(score.at("/health_score/deployment_id")).isEqualTo(rollout.live.toString());
    assertThat(score.at("/health_score/score")).isEqualTo("73");
    assertThat(score.at("/health_score/verdict")).isEqualTo("degraded");
    assertThat(score.at("/health_score/components/0/name")).isEqualTo("error_rate");
    assertThat(score.at("/health_score/components/0/score")).isEqualTo("50");
    assertThat(score.at("/health_score/components/0/value")).isEqualTo("5.0");
    assertThat(Integer.parseInt(score.at("/health_score/sample_window_seconds")))
        .isBetween(300, 360);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(path(rollout.live)).status()).isEqualTo(404);
    assertThat(test.user.get(path(Ids.next())).status()).isEqualTo(404);
  }

  @Test
  void aScoreSaysWhenThereIsTooLittleToGoBy() {
    var rollout = Rollout.of(test, 1);
    age(rollout.live, 5);
    test.wiring().score.run();
    var score = expect(200, test.user.get(path(rollout.live)));
    assertThat(score.at("/health_score/verdict")).isEqualTo("insufficient_data");
    assertThat(score.at("/health_score/components/0/name")).isEqualTo("restarts");
  }

  @Test
  void twoVersionsAreComparedRouteByRoute() {
    var rollout = Rollout.of(test, 1);
    var old = rollout.container(rollout.live);
    rollout.agent.passed("/", old, 500, 0, 20);
    rollout.agent.passed("/api", old, 100, 1, 40);
    rollout.untilCounted(old, 600);
    var id = test.live(rollout.app);
    var fresh = rollout.container(id);
    rollout.agent.passed("/", fresh, 450, 90, 30);
    rollout.agent.passed("/new", fresh, 10, 0, 5);
    rollout.untilCounted(fresh, 460);
    var path = "/api/apps/" + rollout.app + "/deployment-comparisons?base=" + rollout.live;
    var answer = expect(200, test.user.get(path + "&candidate=" + id));
    assertThat(answer.at("/comparison/routes/0/route")).isEqualTo("/");
    assertThat(answer.at("/comparison/routes/0/base/requests")).isEqualTo("500");
    assertThat(answer.at("/comparison/routes/0/candidate/error_rate")).isEqualTo("20.0");
    assertThat(answer.at("/comparison/routes/0/delta/error_rate")).isEqualTo("20.0");
    assertThat(answer.at("/comparison/routes/0/delta/p95_pct")).isEqualTo("50.0");
    assertThat(answer.at("/comparison/routes/1/route")).isEqualTo("/api");
    assertThat(answer.json().at("/comparison/routes/2/delta/requests_pct").isNull()).isTrue();
    assertThat(answer.at("/comparison/suggestion/action")).isEqualTo("rollback");
    assertThat(answer.at("/comparison/suggestion/rollback_to_deployment_id"))
        .isEqualTo(rollout.live.toString());

    var turned =
        expect(
            200,
            test.user.get(
                "/api/apps/"
                    + rollout.app
                    + "/deployment-comparisons?window=7d&base="
                    + id
                    + "&candidate="
                    + rollout.live));
    assertThat(turned.at("/comparison/suggestion/action")).isEqualTo("keep");

    assertThat(test.user.get(path).status()).isEqualTo(400);
    for (var window : new String[] {"1", "0h", "8d", "1w", "-1h", "9999999h"}) {
      var bad = test.user.get(path + "&candidate=" + id + "&window=" + window);
      assertThat(bad.status()).as(window).isEqualTo(400);
      assertThat(bad.fields()).containsExactly("window");
    }
    assertThat(test.user.get(path + "&candidate=" + Ids.next()).status()).isEqualTo(404);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(path + "&candidate=" + id).status()).isEqualTo(404);
    var other = Rollout.of(test, 1);
    assertThat(test.user.get(path + "&candidate=" + other.live).status()).isEqualTo(404);
  }

  @Test
  void withoutRequestsThereIsNotEnoughData() {
    var rollout = Rollout.of(test, 1);
    var id = test.live(rollout.app);
    var answer =
        expect(
            200,
            test.user.get(
                "/api/apps/"
                    + rollout.app
                    + "/deployment-comparisons?base="
                    + rollout.live
                    + "&candidate="
                    + id));
    assertThat(answer.at("/comparison/suggestion/action")).isEqualTo("inconclusive");
    assertThat(answer.at("/comparison/suggestion/reason")).startsWith("not enough data");
    assertThat(answer.json().at("/comparison/routes")).isEmpty();
  }
}
