package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.contract.Callers;
import dev.slipway.testkit.contract.ContractSuite;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the running distribution publishes keeps the platform's promises. Nothing is written here;
 * the features' own suites do that, and look at those of accounts, whose few attempts per hour
 * would be used up here.
 */
@ExtendWith(SharedNode.class)
class ContractIT {
  private static final String[] FEATURES = {
    "platform",
    "fleet",
    "apps",
    "deployments",
    "logs",
    "activity",
    "plugins",
    "console",
    "billing",
    "admin",
    "webhooks"
  };

  private final Node node;
  private final Client client;

  ContractIT(SharedNode.Running shared) {
    node = shared.node();
    client = shared.client();
  }

  @TestFactory
  Stream<DynamicNode> publishedOperations() throws Exception {
    // A deployment that is under way all the time, so that there is one to be followed.
    var source = Sample.of(node, "contract").build("sleep 3600").folder().toString();
    var deployment = client.run("deploy", source, "-o", "json").ok().lastLine().path("deployment");
    var app = client.run("app", "show", "contract", "-o", "json").ok().json();
    var servers = client.run("server", "list", "-o", "json").ok().json();
    var anyone = TestClient.at(URI.create(node.url()));
    var callers = new Callers(anyone, as(anyone, client.headers()), stranger(anyone), null);
    return ContractSuite.of(callers)
        .features(FEATURES)
        .object("/api/apps/{id}", app.path("id").asText())
        .object("/api/apps/{appId}/deployments/{id}", deployment.asText())
        .object("/api/deployments/{id}", deployment.asText())
        .object("/console/parts/apps/{id}", app.path("id").asText())
        .object("/console/parts/deployments/{id}", deployment.asText())
        .body("apps.project-app.create", Map.of("name", "Shop", "source_type", "git"))
        .object("/api/servers/{id}", servers.path(0).path("id").asText())
        .body("webhooks.webhook.create", webhook("tenant.created"))
        .body("webhooks.webhook.update", webhook("tenant.created"))
        .body("webhooks.deploy-webhook.create", webhook("deploy.failed"))
        .body("admin.config.create", Map.of("name", "b", "type", "string", "value", "c"))
        .tests();
  }

  private static Map<String, Object> webhook(String event) {
    return Map.of("name", "hook", "url", "https://127.0.0.1:9/", "events", List.of(event));
  }

  /** Somebody with a tenant of their own. */
  private TestClient stranger(TestClient anyone) throws IOException {
    var form =
        "{\"email\":\"stranger@example.com\",\"password\":\"%s\",\"displayName\":\"Stranger\"}";
    var url = node.url() + "/api/auth/register";
    var answer = Web.send("POST", url, Map.of(), form.formatted(Node.PASSWORD));
    assertThat(answer.text()).startsWith("HTTP/1.1 201");
    JsonNode body = answer.json();
    var tenant = body.path("memberships").path(0).path("tenantId").asText();
    var token = body.path("accessToken").asText();
    return as(anyone, Map.of("Authorization", "Bearer " + token, "X-Tenant-ID", tenant));
  }

  private static TestClient as(TestClient anyone, Map<String, String> headers) {
    return anyone
        .with("Authorization", headers.get("Authorization"))
        .with("X-Tenant-ID", headers.get("X-Tenant-ID"));
  }
}
