package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.TestClient;
import java.io.IOException;
import java.net.URI;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The systems around the platform, each brought to the admin area by the bundle that uses it. */
@ExtendWith(SharedNode.class)
class IntegrationsIT {
  private final SharedNode.Running shared;

  IntegrationsIT(SharedNode.Running shared) {
    this.shared = shared;
  }

  @Test
  void allOfTheCatalogueAreLookedAt() throws IOException {
    var client = TestClient.at(URI.create(shared.node().url()));
    for (var header : shared.client().headers().entrySet()) {
      client = client.with(header.getKey(), header.getValue());
    }
    var answer = client.get("/api/admin/health/integrations");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    var found = new TreeMap<String, String>();
    for (var check : answer.json().path("integrations")) {
      found.put(check.path("name").asText(), check.path("status").asText());
      assertThat(check.path("calls24h").isIntegralNumber()).isTrue();
    }
    assertThat(found)
        .hasSize(4)
        .containsEntry("email", "not_configured")
        .containsEntry("google_oauth", "not_configured")
        .containsEntry("postgresql", "healthy")
        .containsEntry("stripe", "not_configured");
  }
}
