package dev.slipway.testkit;

import dev.slipway.launcher.files.FileTree;
import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import dev.slipway.store.Store;
import dev.slipway.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One real server per JVM, started on first use and stopped with the JVM; every caller gets a
 * database of its own.
 */
@ProviderType
public final class Postgres {
  private static final byte[] ROLE_KEY =
      "a key for tests, 32 bytes long..".getBytes(StandardCharsets.UTF_8);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Postgres() {}

  /**
   * Where a database is, for a platform that opens it itself.
   *
   * @param url JDBC URL without credentials
   * @param user its owner
   */
  public record Access(String url, String user, String password) {}

  /** Opens a new, empty database. */
  public static Store freshStore() {
    return open(fresh().url());
  }

  /** Makes a new, empty database. */
  public static Access fresh() {
    return create("test_" + COUNT.incrementAndGet(), "");
  }

  /** Makes a copy of a database that nobody is connected to. */
  static Access copy(String template) {
    // Of files, without a record of each page: nobody needs to recover it.
    return create(
        "test_" + COUNT.incrementAndGet(), " template " + template + " strategy file_copy");
  }

  /** Makes a database. */
  static Access create(String name, String options) {
    var endpoint = Server.RUNNING.endpoint();
    try (var connection =
            DriverManager.getConnection(endpoint.url(), endpoint.superuser(), endpoint.password());
        var statement = connection.createStatement()) {
      statement.execute("create database " + name + options);
    } catch (SQLException failure) {
      throw new IllegalStateException("no database for the test", failure);
    }
    return new Access(url(name), endpoint.superuser(), endpoint.password());
  }

  /** Where a database of this name is. */
  static String url(String name) {
    return Server.RUNNING.endpoint().url(name);
  }

  /** A superuser's connection to the database of a store. */
  public static Connection owner(Store store) throws SQLException {
    var endpoint = Server.RUNNING.endpoint();
    try (var open = store.platform().getConnection()) {
      return DriverManager.getConnection(
          open.getMetaData().getURL(), endpoint.superuser(), endpoint.password());
    }
  }

  /** Opens a database that exists, as a further node would. */
  public static Store open(String url) {
    return Store.open(settings(url));
  }

  /** Opens one of the databases that share their roles. */
  static Store open(String url, String roles) {
    return Store.open(settings(url), roles);
  }

  private static StoreSettings settings(String url) {
    var endpoint = Server.RUNNING.endpoint();
    return new StoreSettings(url, endpoint.superuser(), endpoint.password(), ROLE_KEY, 8);
  }

  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        var folder = Files.createTempDirectory("slipway-testkit-");
        // Stopped by the hook here, which deletes the folder after that.
        var postgres = EmbeddedPostgres.start(Options.forTests(folder).fleeting(false));
        var end = new Thread(() -> stop(postgres, folder), "test-postgres");
        Runtime.getRuntime().addShutdownHook(end);
        return postgres;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while PostgreSQL started", interrupted);
      }
    }

    private static void stop(EmbeddedPostgres postgres, Path folder) {
      postgres.close();
      try {
        FileTree.delete(folder);
      } catch (IOException failure) {
        System.err.println("left behind: " + folder + " (" + failure + ")");
      }
    }
  }
}
