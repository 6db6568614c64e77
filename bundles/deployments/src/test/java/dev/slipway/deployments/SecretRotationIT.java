package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of deployments whose secrets get new values. */
class SecretRotationIT {
  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  /** An app with a secret that has a rule. */
  private static final class Rotated {
    final TestAgent agent = test.agent();
    final UUID app = test.app(agent);
    final String secret;

    Rotated(boolean redeploy) {
      var variable = Map.of("key", "PASSWORD", "value", "first-value", "is_secret", true);
      secret =
          expect(201, test.user.post("/api/apps/" + app + "/env-vars", variable)).at("/env_var/id");
      var rule = Map.of("interval_days", 30, "redeploy", redeploy);
      expect(200, test.user.put("/api/env-vars/" + secret + "/rotation", rule));
    }

    void rotate(String value) {
      var path = "/api/env-vars/" + secret + "/rotate";
      expect(200, test.user.post(path, Map.of("value", value)));
    }

    /** Runs the job, and lets what it began come to its end. */
    List<JsonNode> renewed() {
      test.wiring().renewals.run();
      test.until("all is over", () -> !test.step());
      return deployments();
    }

    /** Newest first. */
    List<JsonNode> deployments() {
      var answer = expect(200, test.user.get("/api/apps/" + app + "/deployments"));
      var found = new ArrayList<JsonNode>();
      answer.json().get("deployments").forEach(found::add);
      return found;
    }

    String given() {
      return AppRuntimeIT.started(agent).at("/env_vars/PASSWORD").asText();
    }

    JsonNode leases() {
      return test.user.get("/api/env-vars/" + secret + "/leases").json().get("leases");
    }
  }

  @Test
  void whatRunsWithTheOldValueIsDeployedAgainOnce() {
    var shop = new Rotated(true);
    var first = test.live(shop.app);
    assertThat(shop.renewed()).as("nothing is old yet").hasSize(1);
    assertThat(shop.leases()).hasSize(1);
    shop.rotate("second-value");
    var renewed = shop.renewed();
    assertThat(renewed).hasSize(2);
    assertThat(renewed.getFirst().path("status").asText()).isEqualTo("live");
    assertThat(shop.given()).isEqualTo("second-value");
    assertThat(shop.leases()).hasSize(2);
    assertThat(shop.leases().at("/0/version").asInt()).isEqualTo(2);
    assertThat(shop.leases().at("/0/status").asText()).isEqualTo("active");
    assertThat(shop.leases().at("/1/deployment_id").asText()).isEqualTo(first.toString());
    test.until("it is over", () -> shop.leases().at("/1/status").asText().equals("ended"));
    test.restart();
    test.deliverAllAgain();
    assertThat(shop.renewed()).hasSize(2);
  }

  @Test
  void withoutTheWishItRunsOnWithTheOldValue() {
    var shop = new Rotated(false);
    test.live(shop.app);
    shop.rotate("second-value");
    assertThat(shop.renewed()).hasSize(1);
    assertThat(shop.leases().at("/0/version").asInt()).isEqualTo(1);
    assertThat(test.types(shop.app)).contains("rotated");
  }

  @Test
  void anEditThatLeavesTheValueDeploysNothing() {
    var shop = new Rotated(true);
    test.live(shop.app);
    var path = "/api/apps/" + shop.app + "/env-vars/" + shop.secret;
    expect(200, test.user.patch(path, Map.of("description", "why")));
    assertThat(shop.renewed()).hasSize(1);
  }

  @Test
  void whatIsStoppedIsNotStartedForIt() {
    var shop = new Rotated(true);
    test.live(shop.app);
    test.untilOperation(test.act(shop.app, "stop"), "succeeded");
    shop.rotate("second-value");
    assertThat(shop.renewed()).hasSize(1);
    test.untilOperation(test.act(shop.app, "start"), "succeeded");
    assertThat(shop.renewed()).hasSize(2);
    assertThat(shop.given()).isEqualTo("second-value");
  }

  @Test
  void oneThatFailsIsNotTriedAgainUntilTheNextValue() {
    var shop = new Rotated(true);
    test.live(shop.app);
    shop.agent.on(APP_DEPLOY, TestAgent.Reply.failed("does not start with it"));
    shop.rotate("second-value");
    assertThat(shop.renewed().getFirst().path("status").asText()).isEqualTo("failed");
    assertThat(shop.renewed()).hasSize(2);
    shop.agent.heal(APP_DEPLOY);
    shop.rotate("third-value");
    assertThat(shop.renewed().getFirst().path("status").asText()).isEqualTo("live");
    assertThat(shop.given()).isEqualTo("third-value");
  }

  @Test
  void oneThatIsOnItsWayHasItsTurnWhenItIsLive() {
    var shop = new Rotated(true);
    shop.agent.on(APP_DEPLOY, TestAgent.Reply.silence());
    var first = test.deploy(shop.app);
    test.until("it is started", () -> !shop.agent.seen(APP_DEPLOY).isEmpty());
    shop.rotate("second-value");
    assertThat(shop.renewed()).hasSize(1);
    shop.agent.heal(APP_DEPLOY);
    shop.agent.end(shop.agent.last(APP_DEPLOY), TestAgent.Reply.completed("c0ffee"));
    test.untilStatus(first, "live");
    assertThat(shop.renewed()).hasSize(2);
    assertThat(shop.given()).isEqualTo("second-value");
  }

  @Test
  void aRevokedValueIsNotDeployed() {
    var shop = new Rotated(false);
    test.live(shop.app);
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    var lease = shop.leases().at("/0/id").asText();
    var path = "/api/env-vars/" + shop.secret + "/leases/" + lease + "/revoke";
    expect(200, admin.post(path, null));
    var refused = test.user.post("/api/apps/" + shop.app + "/deployments", Map.of());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("apps.env-var.revoked");
    assertThat(refused.text()).contains("PASSWORD").doesNotContain("first-value");
    assertThat(shop.deployments()).hasSize(1);
    shop.rotate("second-value");
    test.live(shop.app);
    assertThat(shop.given()).isEqualTo("second-value");
  }

  @Test
  void oneThatIsQueuedWhenItsValueIsRevokedFailsAndSaysWhy() {
    var shop = new Rotated(false);
    test.live(shop.app);
    var admin = test.platform.as(test.tenant, Role.ADMIN);
    var next = test.deploy(shop.app);
    var lease = shop.leases().at("/0/id").asText();
    expect(200, admin.post("/api/env-vars/" + shop.secret + "/leases/" + lease + "/revoke", null));
    test.untilStatus(next, "failed");
    assertThat(test.deployment(next).text()).contains("PASSWORD was revoked");
  }

  @Test
  void strangersKnowNothingOfLeases() {
    var shop = new Rotated(false);
    test.live(shop.app);
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get("/api/env-vars/" + shop.secret + "/leases").status()).isEqualTo(404);
  }
}
