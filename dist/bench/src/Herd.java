import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A database for nodes to share, servers in it, and the process of their agents. */
final class Herd implements AutoCloseable {
  private final Path folder;
  private final EmbeddedPostgres postgres;
  private Process agents;
  private BufferedReader heard;
  private PrintStream orders;

  /** What the agents have seen so far. */
  record Report(int connected, long heartbeats, long failedHeartbeats, int executed, long lines) {}

  private Herd(Path folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /** Starts the database alone. */
  static Herd start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ((ch.qos.logback.classic.Logger)
            org.slf4j.LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
        .setLevel(ch.qos.logback.classic.Level.ERROR);
    var usual = Options.durable(folder.resolve("database"), folder.resolveSibling("programs"));
    var settings = new HashMap<>(usual.settings());
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
    return new Herd(folder, EmbeddedPostgres.start(options));
  }

  /** What a node has to be told. */
  Map<String, String> variables() {
    var endpoint = postgres.endpoint();
    return Map.of(
        "SLIPWAY_DATABASE_URL",
        "postgresql://" + endpoint.superuser() + "@127.0.0.1:" + endpoint.port() + "/postgres",
        "SLIPWAY_DATABASE_PASSWORD",
        endpoint.password());
  }

  /** The same for a node that runs apps as processes of an agent of its own. */
  Map<String, String> withAgent() throws IOException {
    var variables = new HashMap<>(variables());
    variables.put("SLIPWAY_AGENT", "process");
    variables.put("SLIPWAY_AGENT_EDGE", "127.0.0.1:" + Target.freePort());
    return variables;
  }

  ProcessHandle database() {
    return ProcessHandle.of(postgres.pid()).orElseThrow();
  }

  Connection connect() throws SQLException {
    var endpoint = postgres.endpoint();
    return DriverManager.getConnection(endpoint.url(), endpoint.superuser(), endpoint.password());
  }

  /** Adds servers whose agents have secrets; returns their ids. */
  List<UUID> enrol(String tenant, int count) throws Exception {
    var ids = new ArrayList<UUID>();
    var lines = new StringBuilder();
    var add =
        "insert into fleet_server (id, version, tenant_id, name, status, created_at, updated_at,"
            + " agent_secret_hash) values (?, 1, ?, ?, 'pending', now(), now(), ?)";
    try (var connection = connect();
        var insert = connection.prepareStatement(add)) {
      connection.setAutoCommit(false);
      for (var i = 0; i < count; i++) {
        var id = UUID.randomUUID();
        var secret = UUID.randomUUID().toString();
        var hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes());
        insert.setObject(1, id);
        insert.setObject(2, UUID.fromString(tenant));
        insert.setString(3, "simulated-" + i);
        insert.setString(4, HexFormat.of().formatHex(hash));
        insert.addBatch();
        ids.add(id);
        lines.append(id).append(' ').append(secret).append('\n');
      }
      insert.executeBatch();
      connection.commit();
    }
    Files.writeString(folder.resolve("agents"), lines);
    return ids;
  }

  /** Starts the agents of all servers that were enrolled last. */
  void release(Path home, Path classes, String targets, int seconds, int containers, int work)
      throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var path = classes + ":" + home.resolve("lib/*") + ":" + proto(home);
    var command =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-Xmx2g",
            "-cp",
            path,
            "Agents",
            folder.resolve("agents").toString(),
            targets,
            Integer.toString(seconds),
            Integer.toString(containers),
            Integer.toString(work));
    agents =
        new ProcessBuilder(command).redirectError(folder.resolve("agents.log").toFile()).start();
    heard = new BufferedReader(new InputStreamReader(agents.getInputStream()));
    orders = new PrintStream(agents.getOutputStream(), true);
  }

  static Path proto(Path home) throws IOException {
    try (var bundles = Files.newDirectoryStream(home.resolve("bundles"), "dev.slipway.proto-*")) {
      return bundles.iterator().next();
    }
  }

  ProcessHandle agents() {
    return agents.toHandle();
  }

  synchronized void order(String line) {
    orders.println(line);
  }

  synchronized Report report() throws IOException {
    orders.println("report");
    var words = heard.readLine().split(" ");
    return new Report(
        Integer.parseInt(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Integer.parseInt(words[3]),
        Long.parseLong(words[4]));
  }

  /** How often each command was executed. */
  synchronized Map<String, Integer> executions() throws IOException {
    var file = folder.resolve("executions");
    orders.println("executions " + file);
    heard.readLine();
    var executions = new HashMap<String, Integer>();
    for (var line : Files.readAllLines(file)) {
      var words = line.split(" ");
      executions.put(words[0], Integer.parseInt(words[1]));
    }
    return executions;
  }

  @Override
  public void close() throws InterruptedException {
    if (agents != null) {
      orders.close();
      agents.waitFor();
    }
    postgres.close();
  }
}
