package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An app in several environments at once, on a server with a real agent and its edge. */
@ExtendWith(SharedNode.class)
class EnvironmentIT {
  private static final String SECRET = "stg-7c1fa0d25b9e4836";

  private final Node node;
  private final Client client;
  private final TestClient api;

  EnvironmentIT(SharedNode.Running shared) throws Exception {
    node = shared.node();
    client = shared.client();
    var headers = client.headers();
    api =
        TestClient.at(URI.create(node.url()))
            .with("Authorization", headers.get("Authorization"))
            .with("X-Tenant-ID", headers.get("X-Tenant-ID"));
  }

  @Test
  void whatWasTestedIsShippedAndItsSecretsAreNot() throws Exception {
    client.run("app", "create", "gate").ok();
    client.run("env", "set", "gate", "GREETING=Production").ok();
    var sample = Sample.of(node, "gate");
    var production = client.deploy(sample.folder()).ok().lastLine().path("url").asText();
    var app = client.run("app", "show", "gate", "-o", "json").ok().json().path("id").asText();
    var staging = environment(app, Map.of("name", "Staging", "stage", "staging"));
    var live =
        environment(
            app, Map.of("name", "Live", "stage", "production", "promotes_from_id", staging));
    expect(
        200,
        api.put(
            "/api/environments/" + staging + "/env-vars",
            Map.of("variables", List.of(secret("GREETING"), secret("TOKEN")))));

    var tested = shipped(staging, Map.of("message", "to be tested"));
    var trial = tested.at("/deployment/preview_url");
    assertThat(trial).contains("://gate--staging.");
    assertThat(Web.get(trial).text()).contains("version 1.", SECRET);
    assertThat(Web.get(production).text()).contains("<h1>Production</h1>");

    client.deploy(sample.version("2").folder()).ok();
    assertThat(Web.get(production).text()).contains("version 2.");
    assertThat(Web.get(trial).text()).contains("version 1.");

    var named = "gate.example.com";
    var hostname = "/api/apps/" + app + "/environments/" + live + "/hostname";
    expect(200, api.put(hostname, Map.of("hostname", named)));
    var promoted = shipped(live, Map.of("promote_from_deployment_id", tested.at("/deployment/id")));
    assertThat(promoted.at("/deployment/build_id")).isEqualTo(tested.at("/deployment/build_id"));
    var own = promoted.at("/deployment/preview_url");
    for (var url : List.of(own, "http://" + named + ":" + URI.create(own).getPort())) {
      var page = Web.get(url).text();
      assertThat(page).as(url).contains("version 1.", "<h1>Production</h1>");
      assertThat(page).as(url).doesNotContain(SECRET);
    }
    assertThat(client.run("logs", "gate").ok().output()).noneMatch(line -> line.contains(SECRET));
    assertThat(Secrets.in(node.data().resolve("logs"), SECRET)).isEmpty();
    assertThat(Secrets.in(node.data().resolve("agent/data/logs"), SECRET)).isEmpty();

    expect(204, api.delete("/api/apps/" + app + "/environments/" + staging));
    Await.until("staging is gone", () -> Web.get(trial).status() != 200);
    assertThat(Web.get(production).text()).contains("version 2.");
    assertThat(Web.get(own).text()).contains("version 1.");
  }

  private static Map<String, Object> secret(String key) {
    return Map.of("key", key, "value", SECRET, "is_secret", true);
  }

  private String environment(String app, Map<String, Object> settings) {
    return expect(201, api.post("/api/apps/" + app + "/environments", settings))
        .at("/environment/id");
  }

  /** Ships, and waits until it is live. */
  private Answer shipped(String environment, Map<String, Object> wish) throws Exception {
    var path = "/api/environments/" + environment + "/deployments";
    var id = expect(202, api.post(path, wish)).at("/deployment/id");
    var deployment = "/api/deployments/" + id;
    Await.until(
        "the deployment is over",
        () -> api.get(deployment).json().at("/deployment/finished_at").isTextual());
    var ended = api.get(deployment);
    assertThat(ended.at("/deployment/status")).as(ended.text()).isEqualTo("live");
    return ended;
  }

  private static Answer expect(int status, Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return answer;
  }
}
