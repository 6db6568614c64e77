package dev.slipway.frameworktests;

import dev.slipway.launcher.osgi.ClassPath;
import dev.slipway.launcher.osgi.Framework;
import dev.slipway.testkit.Postgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The platform as the launcher starts it: its bundles in the framework, a database and a data
 * folder of its own.
 */
final class Stand implements AutoCloseable {
  static final String EMAIL = "owner@example.org";
  static final String PASSWORD = "Correct-horse-battery-1";

  /** Kept, so that its level is; it would tell every change set. */
  private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

  final Jars jars = new Jars();
  final Path data;
  private final Path bundles;
  private final Postgres.Access database = Postgres.fresh();
  private final int http = freePort();
  private final int grpc = freePort();
  private Framework framework;
  private Client client;

  Stand() throws Exception {
    LIQUIBASE.setLevel(Level.WARNING);
    data = Files.createTempDirectory("slipway-framework-");
    bundles = Files.createDirectories(data.resolve("bundles"));
    for (var jar : jars.bundles().toList()) {
      Files.createSymbolicLink(bundles.resolve(jar.getFileName()), jar.toAbsolutePath());
    }
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    Files.writeString(data.resolve("master.key"), Base64.getEncoder().encodeToString(key));
    framework = start();
    client = Client.login("http://127.0.0.1:" + http, EMAIL, PASSWORD);
  }

  private Framework start() throws Exception {
    var cache = Files.createDirectories(data.resolve("cache"));
    var exports = new ClassPath(jars.libraries().toList()).exports(cache);
    var started = Framework.start(data.resolve("felix"), bundles, exports, properties());
    var failures = new ArrayList<>(started.failures());
    failures.addAll(started.failedComponents());
    if (!failures.isEmpty()) {
      started.close();
      throw new IllegalStateException(String.join("; ", failures));
    }
    Client.awaitReady("http://127.0.0.1:" + http);
    return started;
  }

  private Map<String, String> properties() {
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

  /** A stop and a start, with something done in between. */
  void restart(Runnable between) throws Exception {
    framework.close();
    between.run();
    framework = start();
    client = Client.login("http://127.0.0.1:" + http, EMAIL, PASSWORD);
  }

  Framework framework() {
    return framework;
  }

  Client client() {
    return client;
  }

  @Override
  public void close() {
    framework.close();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
