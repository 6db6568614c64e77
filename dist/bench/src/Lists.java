import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What reading apps and deployments takes while a tenant has few of them, and once it has many: SQL
 * statements and time of each route.
 */
final class Lists {
  private static final int RUNS = 20;
  private static final int FEW = 100;
  private static final int DEPLOYMENTS = 50;
  private static final long MOST_STATEMENTS = 5;
  private static final long MOST_OF_COMPOSED = 15;
  private static final double MOST_TIMES_AS_LONG = 2;

  private static final Pattern PARAMETER = Pattern.compile("/([a-z-]+)/\\{[A-Za-z]+\\}");

  /** What answers with all there is, so that it takes longer the more there is. */
  private static final Set<String> WHOLE = Set.of("apps.environment-graph.get");

  /** What puts many things together, always the same number of them. */
  private static final Set<String> COMPOSED =
      Set.of(
          "deployments.readiness.get",
          "deployments.traffic.compare",
          "deployments.part.app",
          "deployments.part.deployment");

  private final Target target;
  private final Connection connection;
  private final Statements statements;
  private final Map<String, String> ids = new HashMap<>();
  private final Map<String, Long> mostStatements = new LinkedHashMap<>();

  /** How many apps there are in the end. */
  record Plan(int many) {
    static final Plan FULL = new Plan(10_000);
    static final Plan SHORT = new Plan(1_000);
  }

  /** What one route took. */
  private record Taken(long statements, double millis) {}

  private Lists(Target target, Connection connection, Statements statements) {
    this.target = target;
    this.connection = connection;
    this.statements = statements;
  }

  /** Returns the lines to show. */
  static List<String> run(Path home, Path folder, Plan plan) throws Exception {
    try (var herd = Herd.start(folder.resolve("lists"));
        var target = Target.start(home, folder.resolve("lists-node"), false, herd.variables());
        var connection = herd.connect()) {
      target.login();
      var statements = Statements.over(connection);
      return new Lists(target, connection, statements).run(plan);
    }
  }

  private List<String> run(Plan plan) throws Exception {
    load(1, FEW);
    learn();
    findRoutes();
    // The first time only warms up.
    measure();
    var few = measure();
    load(FEW + 1, plan.many());
    var many = measure();
    var lines = new ArrayList<String>();
    var missed = 0;
    for (var path : mostStatements.keySet()) {
      var before = few.get(path);
      var after = many.get(path);
      var ratio = after.millis() / before.millis();
      var most = mostStatements.get(path);
      var misses = after.statements() > most || ratio > MOST_TIMES_AS_LONG;
      missed += misses ? 1 : 0;
      lines.add(
          String.format(
              Locale.ROOT,
              "%-58s %2d of %2d statements, %6.1f ms, with %d apps %.1f ms, ratio %.2f%s",
              shown(path),
              after.statements(),
              most,
              after.millis(),
              FEW,
              before.millis(),
              ratio,
              misses ? "  <--" : ""));
    }
    lines.add(
        "%d of %d routes take more statements, or more than %.0f times as long with %d apps"
            .formatted(missed, few.size(), MOST_TIMES_AS_LONG, plan.many()));
    return lines;
  }

  private static String shown(String path) {
    return "GET " + path.replaceAll("[0-9a-f-]{36}", "{id}").replaceFirst("from_ts=.*", "from_ts");
  }

  private void load(int first, int last) throws IOException, SQLException {
    System.out.println("loading apps " + first + " to " + last + " ...");
    set("tenant", target.tenant());
    set("first", Integer.toString(first));
    set("last", Integer.toString(last));
    set("deployments", Integer.toString(DEPLOYMENTS));
    statements.execute(Files.readString(Path.of(System.getProperty("bench"), "apps.sql")));
    // As it is some time after rows have come, when the database has looked after them.
    statements.execute("vacuum analyze");
  }

  private void set(String name, String value) throws SQLException {
    statements.execute("set bench." + name + " = '" + value + "'");
  }

  /** What stands in paths behind which word. */
  private void learn() throws Exception {
    var app = one("select md5('app1')::uuid");
    ids.put("apps", app);
    ids.put("projects", one("select project_id from apps_app where id = '" + app + "'"));
    ids.put("servers", one("select server_id from apps_app where id = '" + app + "'"));
    ids.put("environments", one("select md5('environment1staging')::uuid"));
    var ofApp = " where app_id = '" + app + "' order by id desc limit 1";
    ids.put("deployments", one("select id from deployments_deployment" + ofApp));
    var earlier =
        " where status = 'superseded' and app_id = '" + app + "' order by id desc limit 1";
    ids.put("earlier", one("select id from deployments_deployment" + earlier));
    ids.put("builds", one("select id from deployments_build" + ofApp));
    ids.put("diff", one("select id from deployments_build" + ofApp.replace("desc", "asc")));
    ids.put("releases", one("select release_name from deployments_build" + ofApp));
    ids.put("deployment-intents", one("select id from deployments_intent" + ofApp));
    ids.put("kept-volumes", one("select md5('kept1')::uuid"));
    var variable = "{\"key\":\"TOKEN\",\"value\":\"hello-hello\",\"is_secret\":true}";
    var path = "/api/apps/" + app + "/env-vars";
    ids.put("env-vars", Target.field(target.call("POST", path, variable), "id"));
    var rotation = "/api/env-vars/" + ids.get("env-vars") + "/rotation";
    target.call("PUT", rotation, "{\"interval_days\":30}");
    var template = "{\"name\":\"common\",\"variables\":[{\"key\":\"A\"}]}";
    ids.put(
        "secret-templates",
        Target.field(target.call("POST", "/api/secret-templates", template), "id"));
    var policy = "{\"strategy\":\"rolling\",\"bake_seconds\":0}";
    target.call("POST", "/api/apps/" + app + "/rollout-policy", policy);
  }

  private String one(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  private Map<String, Taken> measure() throws Exception {
    var taken = new HashMap<String, Taken>();
    for (var path : mostStatements.keySet()) {
      taken.put(path, taken(path));
    }
    return taken;
  }

  /** Every route of the two features that is read, some with the filters that they have. */
  private void findRoutes() throws Exception {
    var document = new ObjectMapper().readTree(target.call("GET", "/api/docs/openapi.json", ""));
    for (var entry : document.path("paths").properties()) {
      var get = entry.getValue().path("get");
      var operation = get.path("operationId").asText();
      var ours = operation.startsWith("apps.") || operation.startsWith("deployments.");
      if (ours && !WHOLE.contains(operation) && isAnswer(get)) {
        var path = PARAMETER.matcher(entry.getKey()).replaceAll(this::filled) + query(operation);
        mostStatements.put(path, COMPOSED.contains(operation) ? MOST_OF_COMPOSED : MOST_STATEMENTS);
      }
    }
    for (var filtered :
        List.of(
            "/api/apps?search=app-1",
            "/api/apps?status=running&offset=50",
            "/api/apps?server_id=" + ids.get("servers"),
            "/api/deployments?status=failed",
            "/api/deployments?status=failed,cancelled",
            "/api/deployments?branch=none",
            "/api/deployments?app_id=" + ids.get("apps"),
            "/api/deployments?project_id=" + ids.get("projects"),
            "/api/deployments?server_id=" + ids.get("servers"),
            "/api/deployments?environment_id=" + ids.get("environments"))) {
      mostStatements.put(filtered, MOST_STATEMENTS);
    }
  }

  /** Neither a stream nor a page of the console; those are the same for everybody. */
  private static boolean isAnswer(JsonNode get) {
    var content = get.path("responses").path("200").path("content");
    return content.has("application/json")
        || get.path("operationId").asText().startsWith("deployments.part.");
  }

  private String filled(MatchResult parameter) {
    var id = ids.get(parameter.group(1));
    if (id == null) {
      throw new IllegalStateException("no id is known for " + parameter.group());
    }
    return "/" + parameter.group(1) + "/" + id;
  }

  private String query(String operation) {
    return switch (operation) {
      case "deployments.deployment.diff" ->
          "?from=" + ids.get("earlier") + "&to=" + ids.get("deployments");
      case "deployments.traffic.compare" ->
          "?base=" + ids.get("earlier") + "&candidate=" + ids.get("deployments");
      case "deployments.app-progress.replay" ->
          "?from_ts=" + (System.currentTimeMillis() - 60_000) / 60_000 * 60_000;
      default -> "";
    };
  }

  /** The best of some runs: what else goes on only adds. */
  private Taken taken(String path) throws Exception {
    var fewest = Long.MAX_VALUE;
    var fastest = Double.MAX_VALUE;
    for (var run = 0; run < RUNS; run++) {
      statements.reset();
      var begin = System.nanoTime();
      var answer = target.send("GET", path, "");
      fastest = Math.min(fastest, (System.nanoTime() - begin) / 1e6);
      if (answer.statusCode() != 200) {
        throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      fewest = Math.min(fewest, statements.count());
    }
    return new Taken(fewest, fastest);
  }
}
