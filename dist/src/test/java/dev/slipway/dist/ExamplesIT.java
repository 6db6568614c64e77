package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.contract.ExampleSuite;
import dev.slipway.testkit.contract.Live;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The examples of the operators' area, which speaks of what all other features keep: proven where
 * all of them run.
 */
@ExtendWith(SharedNode.class)
class ExamplesIT {
  static final Path EXAMPLES = Path.of("../bundles/admin/src/main/resources/examples");

  private final Node node;
  private final TestClient anyone;
  private final TestClient owner;

  ExamplesIT(SharedNode.Running shared) throws IOException {
    node = shared.node();
    anyone = TestClient.at(URI.create(node.url()));
    var headers = shared.client().headers();
    owner =
        anyone
            .with("Authorization", headers.get("Authorization"))
            .with("X-Tenant-ID", headers.get("X-Tenant-ID"));
  }

  @TestFactory
  Stream<DynamicNode> examples() throws InterruptedException {
    var member = member();
    var joined = joined(member);
    var tenant = member.at("/memberships/0/tenantId").asText();
    var config = Map.of("name", "shop.banner", "type", "string", "value", "open");
    assertThat(owner.post("/api/admin/config", config).status()).isEqualTo(201);
    var key = owner.post("/api/admin/api-keys", Map.of("name", "Backup", "authority", "user"));
    assertThat(key.status()).as(key.text()).isEqualTo(201);
    var plan = owner.get("/api/admin/plans").at("/plans/0/id");
    return ExampleSuite.of(anyone, owner, "admin")
        .folder(EXAMPLES)
        .object("/api/admin/config/{name}", "shop.banner")
        .object("/api/admin/api-keys/{keyId}", key.at("/apiKey/id"))
        .object("/api/admin/tenants/{tenantId}", tenant)
        .object("/api/admin/users/{userId}", member.at("/user/id").asText())
        .live("admin.tenant.set-plan", () -> Live.value("planId", plan))
        .live("admin.user.set-role", () -> Live.value("tenantId", joined))
        .live("admin.user.delete", () -> Live.asWritten().with("confirmTenantDeletions.0", tenant))
        .unproven(
            "admin.tenant.cancel-subscription",
            "no tenant of this platform has a subscription; CustomerIT ends one by it")
        .tests();
  }

  /** Has somebody join the owner's tenant, by the link that would be mailed; its id. */
  private String joined(JsonNode member) throws InterruptedException {
    var email = member.at("/user/email").asText();
    var invitation = Map.of("email", email, "role", "user");
    assertThat(owner.post("/api/tenant/members/invite", invitation).status()).isEqualTo(201);
    var log = "/api/admin/logs?search=invites";
    var link = "(?s).*accept-invitation\\?token=([\\w-]+).*";
    Await.until("the invitation is logged", () -> owner.get(log).text().matches(link));
    var token = owner.get(log).text().replaceAll(link, "$1");
    var guest = anyone.with("Authorization", "Bearer " + member.at("/accessToken").asText());
    var joined = guest.post("/api/auth/accept-invitation", Map.of("token", token));
    assertThat(joined.status()).as(joined.text()).isEqualTo(200);
    return owner.header("X-Tenant-ID").orElseThrow();
  }

  /** Somebody with a tenant of their own. */
  private JsonNode member() {
    var form =
        Map.of("email", "member@example.com", "password", Node.PASSWORD, "displayName", "Member");
    var answer = anyone.post("/api/auth/register", form);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }
}
