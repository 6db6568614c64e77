package dev.slipway.launcher;

import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Endpoint;
import dev.slipway.launcher.postgres.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * The database that the bundles get.
 *
 * @param url JDBC URL without credentials
 * @param label what the operator is told
 */
record DatabaseAccess(String url, String user, String password, boolean embedded, String label) {

  private static final String NAME = "slipway";

  /**
   * @param passing whether the data is thrown away at the end
   */
  static DatabaseAccess open(
      Settings settings, DataFolder data, Variables variables, Parts parts, boolean passing)
      throws StartFailure, InterruptedException, IOException {
    if (settings.database().isPresent()) {
      var external = settings.database().get();
      external.verify();
      return new DatabaseAccess(
          external.url(), external.user(), external.password(), false, external.url());
    }
    var shared = variables.get("SLIPWAY_POSTGRES_CACHE").map(Path::of);
    var cache = shared.isPresent() ? shared.get() : data.cache("postgres");
    var durable = Options.durable(data.resolve("postgres"), cache);
    try {
      var postgres = EmbeddedPostgres.start(passing ? durable.fleeting(false) : durable);
      parts.add("PostgreSQL", postgres);
      var endpoint = postgres.endpoint();
      createDatabase(endpoint);
      return new DatabaseAccess(
          endpoint.url(NAME),
          endpoint.superuser(),
          endpoint.password(),
          true,
          "PostgreSQL 18 on port " + endpoint.port());
    } catch (IOException | SQLException e) {
      throw StartFailure.failed("the database did not start: " + e.getMessage(), e);
    }
  }

  private static void createDatabase(Endpoint endpoint) throws SQLException {
    try (var connection =
            DriverManager.getConnection(endpoint.url(), endpoint.superuser(), endpoint.password());
        var statement = connection.createStatement()) {
      try (var found =
          statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("create database " + NAME);
    }
  }

  Map<String, String> properties() {
    return Map.of(
        "slipway.database.url", url,
        "slipway.database.user", user,
        "slipway.database.password", password,
        "slipway.database.embedded", Boolean.toString(embedded));
  }

  @Override
  public String toString() {
    return "DatabaseAccess[" + url + "]";
  }
}
