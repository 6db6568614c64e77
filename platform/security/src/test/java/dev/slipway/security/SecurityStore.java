package dev.slipway.security;

import dev.slipway.data.Database;
import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import dev.slipway.security.key.KeyRows;
import dev.slipway.store.Store;
import dev.slipway.store.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A real database with this bundle's tables. */
public final class SecurityStore implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  /** The open store. */
  public final Store store;

  /** This bundle's view. */
  public final Database database;

  private SecurityStore(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    var at = postgres.endpoint();
    var key = "a key for tests of this store ..".getBytes(StandardCharsets.US_ASCII);
    store = Store.open(new StoreSettings(at.url(), at.superuser(), at.password(), key, 4));
    database = store.database("security", SecurityStore.class.getClassLoader());
  }

  /** Starts one below the folder. */
  public static SecurityStore start(Path dir) throws Exception {
    // The server runs as another user when the tests run as root.
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new SecurityStore(EmbeddedPostgres.start(Options.forTests(dir.resolve("postgres"))));
  }

  /** Rows as another node would see them. */
  public KeyRows rows() {
    return new KeyRows(database, store);
  }

  /** A connection that may do everything. */
  public Connection owner() throws SQLException {
    var at = postgres.endpoint();
    return DriverManager.getConnection(at.url(), at.superuser(), at.password());
  }

  /** Runs a statement as the owner. */
  public void execute(String sql) throws SQLException {
    try (var connection = owner();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row, as the owner sees it. */
  public String query(String sql) throws SQLException {
    try (var connection = owner();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  @Override
  public void close() {
    store.close();
    postgres.close();
  }
}
