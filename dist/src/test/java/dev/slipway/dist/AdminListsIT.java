package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.dist.Statements.Counted;
import dev.slipway.testkit.TestClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The lists of the operators' area over 1,000 tenants with 50 users each: however much there is,
 * few statements, and no table of what happened is read from end to end.
 */
class AdminListsIT {
  private static final long MOST_STATEMENTS = 5;

  private static final Set<String> HAPPENED =
      Set.of(
          "admin_log",
          "security_audit",
          "security_audit_seal",
          "events_event",
          "webhooks_delivery");

  /** Nobody calls it. */
  private static final String HOOK = "127.0.0.1:9";

  private static Node node;
  private static Statements statements;
  private static TestClient root;

  @BeforeAll
  static void start() throws Exception {
    node = Node.quiet();
    statements = Statements.start(node.folder().resolve("postgres"));
    node.with("SLIPWAY_DATABASE_URL", statements.url())
        .with("SLIPWAY_DATABASE_PASSWORD", statements.password())
        .with("SLIPWAY_EGRESS_ALLOW", HOOK)
        .start("--agent", "off");
    var anyone = TestClient.at(URI.create(node.url()));
    var login =
        anyone.post("/api/auth/login", Map.of("email", Node.EMAIL, "password", Node.PASSWORD));
    root =
        anyone
            .with("Authorization", "Bearer " + login.at("/accessToken"))
            .with("X-Tenant-ID", login.at("/memberships/0/tenantId"));
  }

  @AfterAll
  static void stop() throws Exception {
    node.program().terminate();
    statements.close();
    node.close();
  }

  @TestFactory
  Stream<DynamicTest> listsTakeFewStatements() throws Exception {
    var hook = Map.of("name", "all", "url", "http://" + HOOK, "events", List.of("user.deleted"));
    var webhook = root.post("/api/admin/webhooks", hook).at("/webhook/id");
    statements.execute(Files.readString(Path.of("bench", "many.sql")));
    statements.watchBackground();
    return lists(webhook).stream().map(path -> DynamicTest.dynamicTest(path, () -> check(path)));
  }

  /** Every operation that is published as a list of this area, some with the filters they have. */
  private static List<String> lists(String webhook) {
    var found = new ArrayList<String>();
    var paths = root.get("/api/docs/openapi.json").json().path("paths");
    for (var entry : paths.properties()) {
      if (entry.getKey().startsWith("/api/admin/") && isList(entry.getValue())) {
        found.add(
            entry
                .getKey()
                .replace("{webhookId}", webhook)
                .replace("{pluginId}", "dev.slipway.apps"));
      }
    }
    assertThat(found).contains("/api/admin/users", "/api/admin/logs", "/api/admin/audit");
    found.add("/api/admin/health/current");
    found.add("/api/admin/logs?severity=high&page=3");
    found.add("/api/admin/logs?search=something");
    found.add("/api/admin/audit?action=load.thing.create");
    return found;
  }

  private static boolean isList(JsonNode path) {
    return path.path("get").path("operationId").asText().endsWith(".list");
  }

  private static void check(String path) throws Exception {
    var own = statements.of(() -> get(path));
    assertThat(own.stream().mapToLong(Counted::calls).sum())
        .as("%s", own)
        .isLessThanOrEqualTo(MOST_STATEMENTS);
    for (var statement : own) {
      if (HAPPENED.stream().anyMatch(statement.query()::contains)) {
        assertThat(statements.wholeTables(statement.query()))
            .as(statement.query())
            .doesNotContainAnyElementsOf(HAPPENED);
      }
    }
  }

  private static void get(String path) {
    var answer = root.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
