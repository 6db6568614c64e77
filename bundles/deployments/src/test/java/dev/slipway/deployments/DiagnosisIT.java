package dev.slipway.deployments;

import static dev.slipway.deployments.TestAgent.Reply.failed;
import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A deployment that failed says why. */
class DiagnosisIT {
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
  void theRuleThatFiredIsToldWithWhatItFiredOn() {
    var agent = test.agent().on(APP_BUILD, failed("write /x: no space left on device"));
    var app = test.app(agent);
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    var path = "/api/deployments/" + id + "/diagnostics";
    test.until(
        "the cause is known", () -> !test.user.get(path).json().at("/diagnostics").isEmpty());
    test.deliverAllAgain();

    var found = expect(200, test.user.get(path));
    assertThat(found.json().at("/diagnostics")).hasSize(1);
    assertThat(found.at("/diagnostics/0/rule")).isEqualTo("disk-full");
    assertThat(found.at("/diagnostics/0/category")).isEqualTo("resource");
    assertThat(found.at("/diagnostics/0/severity")).isEqualTo("critical");
    assertThat(found.at("/diagnostics/0/evidence/0/text")).contains("no space left on device");
    var ofApp = "/api/apps/" + app + "/diagnostics";
    assertThat(test.user.get(ofApp + "?severity=critical").at("/total")).isEqualTo("1");
    assertThat(test.user.get(ofApp + "?severity=info").at("/total")).isEqualTo("0");
    assertThat(test.user.get(ofApp + "?severity=bad").fields()).containsExactly("severity");
    var stranger = test.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.get(ofApp).status()).isEqualTo(404);
  }

  @Test
  void whatWentWellNeedsNoExplanation() {
    var app = test.app(test.agent());
    UUID id = test.live(app);
    assertThat(test.user.get("/api/deployments/" + id + "/diagnostics").json().at("/diagnostics"))
        .isEmpty();
  }
}
