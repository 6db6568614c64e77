package dev.slipway.frameworktests;

import dev.slipway.launcher.files.FileTree;
import dev.slipway.launcher.osgi.ClassPath;
import dev.slipway.testkit.Postgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * All that a platform needs to start: bundles, a database, a data folder and ports of its own. The
 * folder is deleted when the JVM ends.
 */
final class Installation {
  static final String EMAIL = "owner@example.org";
  static final String PASSWORD = "Correct-horse-battery-1";

  /** Kept, so that its level is; it would tell every change set. */
  private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

  final Jars jars = new Jars();
  final Path data;
  final Path bundles;
  private final Postgres.Access database = Postgres.fresh();
  private final Map<String, String> settings;
  private final int http = freePort();
  private final int grpc = freePort();

  Installation(Map<String, String> settings) throws IOException {
    this.settings = settings;
    LIQUIBASE.setLevel(Level.WARNING);
    data = Files.createTempDirectory("slipway-framework-");
    Runtime.getRuntime().addShutdownHook(new Thread(this::remove, "remove-installation"));
    bundles = Files.createDirectories(data.resolve("bundles"));
    for (var jar : jars.bundles().toList()) {
      Files.createSymbolicLink(bundles.resolve(jar.getFileName()), jar.toAbsolutePath());
    }
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    Files.writeString(data.resolve("master.key"), Base64.getEncoder().encodeToString(key));
  }

  private void remove() {
    try {
      FileTree.delete(data);
    } catch (IOException failure) {
      System.err.println("left behind: " + data + " (" + failure + ")");
    }
  }

  /** What the system bundle exports of the class path. */
  String exports() throws IOException {
    var cache = Files.createDirectories(data.resolve("cache"));
    return new ClassPath(jars.libraries().toList()).exports(cache);
  }

  String address() {
    return "http://127.0.0.1:" + http;
  }

  Connection database() throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  /** What the launcher tells the bundles. */
  Map<String, String> properties() {
    var properties = new HashMap<String, String>(settings);
    properties.putAll(usual());
    return properties;
  }

  private Map<String, String> usual() {
    return Map.ofEntries(
        Map.entry("slipway.home", data.toString()),
        Map.entry("slipway.data", data.toString()),
        Map.entry("slipway.version", "0.1.0"),
        Map.entry("slipway.http.host", "127.0.0.1"),
        Map.entry("slipway.http.port", Integer.toString(http)),
        Map.entry("slipway.grpc.host", "127.0.0.1"),
        Map.entry("slipway.grpc.port", Integer.toString(grpc)),
        Map.entry("slipway.agent", "off"),
        Map.entry("slipway.training", "false"),
        Map.entry("slipway.master.key.file", data.resolve("master.key").toString()),
        Map.entry("slipway.database.url", database.url()),
        Map.entry("slipway.database.user", database.user()),
        Map.entry("slipway.database.password", database.password()),
        Map.entry("slipway.root.email", EMAIL),
        Map.entry("slipway.root.password", PASSWORD));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
