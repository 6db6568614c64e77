import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** A database with 1,000 tenants of 50 users in it, and a Stripe that knows nothing. */
final class Crowd implements AutoCloseable {
  private static final int RUNS = 5;

  /** One that every distribution has. */
  private static final String PLUGIN = "dev.slipway.apps";

  private static final byte[] UNKNOWN =
      "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\"}}"
          .getBytes(StandardCharsets.UTF_8);

  private final EmbeddedPostgres postgres;
  private final Connection connection;
  private final HttpServer stripe;
  private Statements statements;

  private Crowd(EmbeddedPostgres postgres, Connection connection, HttpServer stripe) {
    this.postgres = postgres;
    this.connection = connection;
    this.stripe = stripe;
  }

  static Crowd start(Path folder) throws Exception {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    var usual = Options.durable(folder, folder.resolveSibling("postgres-program"));
    var settings = new LinkedHashMap<>(usual.settings());
    settings.put("shared_preload_libraries", "pg_stat_statements");
    settings.put("pg_stat_statements.track_utility", "off");
    var options =
        new Options(
            usual.dir(),
            usual.cache(),
            settings,
            true,
            true,
            usual.startTimeout(),
            usual.stopTimeout());
    var postgres = EmbeddedPostgres.start(options);
    var endpoint = postgres.endpoint();
    var connection =
        DriverManager.getConnection(endpoint.url(), endpoint.superuser(), endpoint.password());
    var stripe = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stripe.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, UNKNOWN.length);
          exchange.getResponseBody().write(UNKNOWN);
          exchange.close();
        });
    stripe.start();
    return new Crowd(postgres, connection, stripe);
  }

  /** What the platform has to be told. */
  Map<String, String> variables(String stripeSecret) {
    var endpoint = postgres.endpoint();
    var there = stripeAddress();
    return Map.of(
        "SLIPWAY_DATABASE_URL",
        "postgresql://" + endpoint.superuser() + "@127.0.0.1:" + endpoint.port() + "/postgres",
        "SLIPWAY_DATABASE_PASSWORD",
        endpoint.password(),
        "SLIPWAY_STRIPE_URL",
        "http://" + there,
        "SLIPWAY_STRIPE_SECRET_KEY",
        "sk_test_benchmark",
        "SLIPWAY_STRIPE_WEBHOOK_SECRET",
        stripeSecret,
        "SLIPWAY_EGRESS_ALLOW",
        there);
  }

  private String stripeAddress() {
    return "127.0.0.1:" + stripe.getAddress().getPort();
  }

  /** Fills the database. */
  void load(Target target) throws IOException, InterruptedException, SQLException {
    System.out.println("loading 50,000 users ...");
    var hook =
        "{\"name\":\"all\",\"url\":\"http://%s\",\"events\":[\"user.deleted\"]}"
            .formatted(stripeAddress());
    target.call("POST", "/api/admin/webhooks", hook);
    execute(Files.readString(Path.of(System.getProperty("bench"), "many.sql")));
    statements = Statements.over(connection);
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A line for each list of the operators' area. */
  List<String> lists(Target target) throws Exception {
    var document = new ObjectMapper().readTree(target.call("GET", "/api/docs/openapi.json", ""));
    var webhook = Target.field(target.call("GET", "/api/admin/webhooks", ""), "id");
    var lines = new ArrayList<String>();
    for (var entry : document.path("paths").properties()) {
      var operation = entry.getValue().path("get").path("operationId").asText();
      if (entry.getKey().startsWith("/api/admin/") && operation.endsWith(".list")) {
        var path = entry.getKey().replace("{webhookId}", webhook).replace("{pluginId}", PLUGIN);
        lines.add(line(target, path));
      }
    }
    return lines;
  }

  /** The fewest of some runs: what else the platform does now and then only adds. */
  private String line(Target target, String path) throws Exception {
    var fewest = Long.MAX_VALUE;
    var fastest = Double.MAX_VALUE;
    for (var run = 0; run < RUNS; run++) {
      statements.reset();
      var begin = System.nanoTime();
      target.call("GET", path, "");
      fastest = Math.min(fastest, (System.nanoTime() - begin) / 1e6);
      fewest = Math.min(fewest, statements.count());
    }
    var shown = path.replaceFirst("[0-9a-f-]{36}", "{id}");
    return String.format(
        Locale.ROOT, "%-46s %8d statements, %.1f ms", "GET " + shown, fewest, fastest);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    postgres.close();
    stripe.stop(0);
  }
}
