package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.dist.Statements.Counted;
import dev.slipway.testkit.TestClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every route that reads apps and their deployments, in a tenant with 200 apps of 20 deployments
 * each: few statements, however much there is.
 */
class AppListsIT {
  private static final long MOST_STATEMENTS = 5;
  private static final long MOST_OF_COMPOSED = 15;

  private static final Pattern PARAMETER = Pattern.compile("/([a-z-]+)/\\{[A-Za-z]+\\}");

  /** What puts many things together, always the same number of them. */
  private static final Set<String> COMPOSED =
      Set.of(
          "apps.environment-graph.get",
          "deployments.readiness.get",
          "deployments.traffic.compare",
          "deployments.part.app",
          "deployments.part.deployment");

  private static final String APP = "md5('app1')::uuid";

  private static Node node;
  private static Statements statements;
  private static TestClient owner;
  private static String tenant;

  /** What stands in paths behind which word. */
  private static final Map<String, String> IDS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    node = Node.quiet();
    statements = Statements.start(node.folder().resolve("postgres"));
    node.with("SLIPWAY_DATABASE_URL", statements.url())
        .with("SLIPWAY_DATABASE_PASSWORD", statements.password())
        .start("--agent", "off");
    var anyone = TestClient.at(URI.create(node.url()));
    var login =
        anyone.post("/api/auth/login", Map.of("email", Node.EMAIL, "password", Node.PASSWORD));
    tenant = login.at("/memberships/0/tenantId");
    owner =
        anyone
            .with("Authorization", "Bearer " + login.at("/accessToken"))
            .with("X-Tenant-ID", tenant);
  }

  @AfterAll
  static void stop() throws Exception {
    node.program().terminate();
    statements.close();
    node.close();
  }

  @TestFactory
  Stream<DynamicTest> readsTakeFewStatements() throws Exception {
    statements.execute(
        "set bench.tenant = '%s'; set bench.first = '1'; set bench.last = '200';"
            .formatted(tenant));
    statements.execute("set bench.deployments = '20'");
    statements.execute(Files.readString(Path.of("bench", "apps.sql")));
    learn();
    statements.watchBackground();
    return routes().entrySet().stream()
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.getKey(), () -> check(route.getKey(), route.getValue())));
  }

  private static void learn() throws Exception {
    var ofApp = " where app_id = " + APP + " order by id desc limit 1";
    IDS.put("apps", statements.text("select " + APP));
    IDS.put("projects", statements.text("select project_id from apps_app where id = " + APP));
    IDS.put("environments", statements.text("select md5('environment1staging')::uuid"));
    IDS.put("deployments", statements.text("select id from deployments_deployment" + ofApp));
    IDS.put(
        "earlier",
        statements.text(
            "select id from deployments_deployment where status = 'superseded' and app_id = "
                + APP
                + " order by id desc limit 1"));
    IDS.put("builds", statements.text("select id from deployments_build" + ofApp));
    IDS.put("diff", statements.text("select id from deployments_build order by id limit 1"));
    IDS.put("releases", statements.text("select release_name from deployments_build" + ofApp));
    IDS.put("deployment-intents", statements.text("select id from deployments_intent" + ofApp));
    IDS.put("kept-volumes", statements.text("select md5('kept1')::uuid"));
    var path = "/api/apps/" + IDS.get("apps");
    var variable = Map.of("key", "TOKEN", "value", "hello-hello", "is_secret", true);
    IDS.put("env-vars", owner.post(path + "/env-vars", variable).at("/env_var/id"));
    var rotation = "/api/env-vars/" + IDS.get("env-vars") + "/rotation";
    assertThat(owner.put(rotation, Map.of("interval_days", 30)).status()).isEqualTo(200);
    var template = Map.of("name", "common", "variables", List.of(Map.of("key", "A")));
    IDS.put(
        "secret-templates",
        owner.post("/api/secret-templates", template).at("/secret_template/id"));
    owner.post(path + "/rollout-policy", Map.of("strategy", "rolling", "bake_seconds", 0));
  }

  /**
   * All that is published as an answer of the two features, some with the filters they have, and
   * how many statements it may take.
   */
  private static Map<String, Long> routes() {
    var found = new LinkedHashMap<String, Long>();
    var paths = owner.get("/api/docs/openapi.json").json().path("paths");
    for (var entry : paths.properties()) {
      var get = entry.getValue().path("get");
      var operation = get.path("operationId").asText();
      var ours = operation.startsWith("apps.") || operation.startsWith("deployments.");
      if (ours && isAnswer(get)) {
        var path = PARAMETER.matcher(entry.getKey()).replaceAll(AppListsIT::filled);
        var most = COMPOSED.contains(operation) ? MOST_OF_COMPOSED : MOST_STATEMENTS;
        found.put(path + query(operation), most);
      }
    }
    assertThat(found).containsKeys("/api/apps", "/api/deployments", "/api/builds");
    found.put("/api/apps?search=app-1", MOST_STATEMENTS);
    found.put("/api/deployments?status=failed&offset=50", MOST_STATEMENTS);
    found.put("/api/deployments?app_id=" + IDS.get("apps"), MOST_STATEMENTS);
    return found;
  }

  /** Neither a stream nor a page of the console that is the same for everybody. */
  private static boolean isAnswer(JsonNode get) {
    return get.at("/responses/200/content").has("application/json")
        || get.path("operationId").asText().startsWith("deployments.part.");
  }

  private static String filled(MatchResult parameter) {
    assertThat(IDS).as("ids for paths").containsKey(parameter.group(1));
    return "/" + parameter.group(1) + "/" + IDS.get(parameter.group(1));
  }

  private static String query(String operation) {
    return switch (operation) {
      case "deployments.deployment.diff" ->
          "?from=" + IDS.get("earlier") + "&to=" + IDS.get("deployments");
      case "deployments.traffic.compare" ->
          "?base=" + IDS.get("earlier") + "&candidate=" + IDS.get("deployments");
      case "deployments.app-progress.replay" ->
          "?from_ts=" + (System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1));
      default -> "";
    };
  }

  private static void check(String path, long most) throws Exception {
    var own = statements.of(() -> get(path));
    assertThat(own.stream().mapToLong(Counted::calls).sum())
        .as("%s", own)
        .isLessThanOrEqualTo(most);
  }

  private static void get(String path) {
    var answer = owner.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }
}
