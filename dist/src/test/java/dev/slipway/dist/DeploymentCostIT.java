package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.dist.Statements.Counted;
import dev.slipway.testkit.TestClient;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database is asked for one deployment, from the request until all is cleared away. */
class DeploymentCostIT {
  private static final long MOST_STATEMENTS = 350;
  private static final int SHOWN = 40;

  private static final String LIVE =
      "select count(*) from deployments_deployment where status = 'live' and id = '%s'";
  private static final String OPEN =
      "select count(*) from fleet_command where finished_at is null and owner = 'deployments'";

  private static Node node;
  private static Statements statements;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    node = Node.quiet();
    statements = Statements.start(node.folder().resolve("postgres"));
    node.with("SLIPWAY_DATABASE_URL", statements.url())
        .with("SLIPWAY_DATABASE_PASSWORD", statements.password())
        .start("--agent", "process");
    client = new Client(node);
    client.login(Node.EMAIL, Node.PASSWORD);
  }

  @AfterAll
  static void stop() throws Exception {
    node.program().terminate();
    statements.close();
    node.close();
  }

  @Test
  void aDeploymentTakesFewStatements() throws Exception {
    client.deploy(Sample.of(node, "thrift").folder()).ok();
    var user = user();
    var app = statements.text("select id from apps_app where slug = 'thrift'");
    awaitNone(OPEN);
    statements.watchBackground();
    var asked =
        statements.of(
            () -> {
              var answer = user.post("/api/apps/" + app + "/deployments", Map.of());
              var id = answer.at("/deployment/id");
              Await.until("it is live", () -> number(LIVE.formatted(id)) == 1);
              awaitNone(OPEN);
            });
    var own = asked.stream().filter(DeploymentCostIT::isThePlatforms).toList();
    assertThat(own.stream().mapToLong(Counted::calls).sum())
        .as(() -> described(own))
        .isLessThanOrEqualTo(MOST_STATEMENTS);
  }

  private static TestClient user() {
    var anyone = TestClient.at(URI.create(node.url()));
    var login =
        anyone.post("/api/auth/login", Map.of("email", Node.EMAIL, "password", Node.PASSWORD));
    return anyone
        .with("Authorization", "Bearer " + login.at("/accessToken"))
        .with("X-Tenant-ID", login.at("/memberships/0/tenantId"));
  }

  private static void awaitNone(String query) throws InterruptedException {
    Await.until("there are none: " + query, () -> number(query) == 0);
  }

  private static long number(String query) throws Exception {
    return Long.parseLong(statements.text(query));
  }

  /** What this test asks begins with a count of all. */
  private static boolean isThePlatforms(Counted statement) {
    return !statement.query().startsWith("select count(*) from");
  }

  private static String described(List<Counted> statements) {
    var text = new StringBuilder("the statements, those asked most often first");
    statements.stream()
        .sorted(Comparator.comparingLong(Counted::calls).reversed())
        .limit(SHOWN)
        .forEach(
            each ->
                text.append("\n%4d  ".formatted(each.calls()))
                    .append(each.query().strip().replaceAll("\\s+", " ")));
    return text.toString();
  }
}
