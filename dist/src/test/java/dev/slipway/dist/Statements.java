package dev.slipway.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL that counts what it is asked to do and tells how it would go about it. */
final class Statements implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATABASE = "slipway";
  private static final String COUNTED =
      "select queryid, min(query), sum(calls) from pg_stat_statements"
          + " where query not like '%pg_stat_statements%' group by queryid";

  private static final int RUNS = 3;

  /** Longer than the pauses of all that looks for work several times a minute. */
  private static final int WATCH_SECONDS = 6;

  private final EmbeddedPostgres postgres;
  private final Connection connection;
  private Set<Long> background = Set.of();

  /** A statement, in one of the forms in which its text is kept, and how often it was asked. */
  record Counted(String query, long calls) {}

  /** Something that leads to statements. */
  interface Work {
    void run() throws Exception;
  }

  private Statements(EmbeddedPostgres postgres, Connection connection) {
    this.postgres = postgres;
    this.connection = connection;
  }

  /** Starts one in a new folder, with the platform's database. */
  static Statements start(Path folder) throws Exception {
    UsedFolder.made().copyDatabaseTo(folder);
    var usual = Options.forTests(folder);
    var settings = new LinkedHashMap<>(usual.settings());
    settings.put("shared_preload_libraries", "pg_stat_statements");
    settings.put("pg_stat_statements.track_utility", "off");
    var postgres =
        EmbeddedPostgres.start(
            new Options(
                usual.dir(),
                usual.cache(),
                settings,
                usual.durable(),
                usual.stopAtExit(),
                usual.startTimeout(),
                usual.stopTimeout()));
    var endpoint = postgres.endpoint();
    // Only the simple protocol leaves the parameters of a statement to be explained alone.
    var url = endpoint.url(DATABASE) + "?preferQueryMode=simple";
    var connection = DriverManager.getConnection(url, endpoint.superuser(), endpoint.password());
    var statements = new Statements(postgres, connection);
    statements.execute("create extension pg_stat_statements");
    return statements;
  }

  /** Where it is, as an operator states it. */
  String url() {
    var endpoint = postgres.endpoint();
    return "postgresql://%s@127.0.0.1:%d/%s"
        .formatted(endpoint.superuser(), endpoint.port(), DATABASE);
  }

  String password() {
    return postgres.endpoint().password();
  }

  /** Carries out statements of the owner. */
  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row that a query of the owner finds. */
  String text(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** What was carried out meanwhile, by anybody, by the number that a statement has. */
  Map<Long, Counted> during(Work work) throws Exception {
    execute("select pg_stat_statements_reset()");
    work.run();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(COUNTED)) {
      var found = new LinkedHashMap<Long, Counted>();
      while (rows.next()) {
        found.put(rows.getLong(1), new Counted(rows.getString(2), rows.getLong(3)));
      }
      return found;
    }
  }

  /** Learns what the platform does all the time, whoever asks for what. */
  void watchBackground() throws Exception {
    background = during(() -> TimeUnit.SECONDS.sleep(WATCH_SECONDS)).keySet();
  }

  /**
   * What belongs to some work itself, and to nothing beside it: other work of the platform does
   * things now and then, which is not there each time.
   */
  Collection<Counted> of(Work work) throws Exception {
    var own = during(work);
    for (var run = 1; run < RUNS; run++) {
      var again = during(work);
      own.keySet().retainAll(again.keySet());
      own.replaceAll((id, seen) -> seen.calls() < again.get(id).calls() ? seen : again.get(id));
    }
    own.keySet().removeAll(background);
    return own.values();
  }

  /**
   * The tables that a statement reads from end to end, whatever its parameters; of a limit that is
   * one, a generic plan would think that it is a tenth of the table.
   */
  Set<String> wholeTables(String query) throws SQLException, IOException {
    var found = new TreeSet<String>();
    var page = query.replaceAll("limit \\$\\d+", "limit 50").replaceAll("offset \\$\\d+", "");
    for (var node : plan(page).findParents("Relation Name")) {
      if (node.path("Node Type").asText().endsWith("Seq Scan")) {
        found.add(node.path("Relation Name").asText());
      }
    }
    return found;
  }

  private JsonNode plan(String query) throws SQLException, IOException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("explain (generic_plan, format json) " + query)) {
      rows.next();
      return JSON.readTree(rows.getString(1));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    postgres.close();
  }
}
