package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rollouts by policy with the built distribution: its agent, its edge, and clients all the time.
 */
class RolloutIT {
  /** More of them with {@code -Drollouts=50}. */
  private static final int DEPLOYMENTS = Integer.getInteger("rollouts", 10);

  private static Node node;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    // Gates look at what heartbeats tell; three of them missing make a server offline, so not too
    // few.
    node = Node.quiet().with("SLIPWAY_JAVA_OPTS", "-Dslipway.fleet.heartbeat.seconds=2");
    node.start("--agent", "process");
    client = new Client(node);
    client.login(Node.EMAIL, Node.PASSWORD);
  }

  @AfterAll
  static void stop() throws Exception {
    node.close();
  }

  private static JsonNode api(String method, String path, String body) throws Exception {
    var answer = Web.send(method, node.url() + path, client.headers(), body);
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    return answer.json();
  }

  private static void policy(JsonNode deployed, String policy) throws Exception {
    var app = deployed.path("deployment").asText();
    var id = api("GET", "/api/deployments/" + app, "").at("/deployment/app_id").asText();
    api("POST", "/api/apps/" + id + "/rollout-policy", policy);
  }

  private static String canary(int weight, int pause) {
    return """
    {"strategy": "canary", "bake_seconds": 1, "max_error_rate_percent": 5,
     "steps": [{"weight_percent": %d, "pause_seconds": %d}]}
    """
        .formatted(weight, pause);
  }

  @Test
  void aGoodCanaryTakesOverAndNoRequestFails() throws Exception {
    var sample = Sample.of(node, "canary");
    var first = client.deploy(sample.folder()).ok().lastLine();
    var url = first.path("url").asText();
    policy(first, canary(25, 8));
    var load = Load.on(url, Map.of());
    load.awaitMore(20);
    var second = client.deploy(sample.version("2").folder()).ok().lastLine();
    assertThat(second.path("status").asText()).isEqualTo("live");
    assertThat(Web.get(url).text()).contains("version 2.");
    load.endsWithoutFailure();
    var score =
        api("GET", "/api/deployments/" + second.path("deployment").asText() + "/health-score", "");
    assertThat(score.at("/health_score/score").asInt()).isGreaterThanOrEqualTo(80);
  }

  @Test
  void aFailedReleaseIsNeverShownAsSuccess() throws Exception {
    var sample = Sample.of(node, "mine");
    var first = client.deploy(sample.folder()).ok().lastLine();
    var url = first.path("url").asText();
    policy(first, canary(20, 60));
    var load = Load.on(url, Map.of());
    load.awaitMore(20);
    var broken = client.deploy(sample.failing().folder());
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.lastLine().path("status").asText()).isEqualTo("failed");
    assertThat(broken.errors()).anyMatch(line -> line.contains("Gate failed: "));
    Await.until(
        "all requests are answered by the version before",
        () -> {
          for (var request = 0; request < 20; request++) {
            if (!Web.get(url).text().contains("version 1.")) {
              return false;
            }
          }
          return true;
        });
    assertThat(client.deployments("mine").findValuesAsText("status"))
        .containsExactly("failed", "live");
    load.ends();
  }

  @Test
  void rollingDeploymentsUnderLoadFailNoRequest() throws Exception {
    var sample = Sample.of(node, "roller");
    var first = client.deploy(sample.folder()).ok().lastLine();
    var url = first.path("url").asText();
    policy(first, "{\"strategy\": \"rolling\", \"bake_seconds\": 0}");
    var load = Load.on(url, Map.of());
    load.awaitMore(20);
    for (var version = 2; version <= DEPLOYMENTS + 1; version++) {
      client.deploy(sample.version(Integer.toString(version)).folder()).ok();
      assertThat(Web.get(url).text()).contains("version " + version + ".");
    }
    load.endsWithoutFailure();
  }
}
