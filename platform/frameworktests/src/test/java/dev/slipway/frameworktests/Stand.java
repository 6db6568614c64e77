package dev.slipway.frameworktests;

import dev.slipway.launcher.osgi.Framework;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The platform as the launcher starts it. */
final class Stand implements AutoCloseable {
  private final Installation installation;
  final Jars jars;
  final Path data;
  private Framework framework;
  private Client client;

  Stand() throws Exception {
    this(Map.of());
  }

  /** One whose operator has set something else. */
  Stand(Map<String, String> settings) throws Exception {
    installation = new Installation(settings);
    jars = installation.jars;
    data = installation.data;
    framework = start();
    client = login();
  }

  private Framework start() throws Exception {
    var started =
        Framework.start(
            data.resolve("felix"),
            installation.bundles,
            installation.exports(),
            installation.properties());
    var failures = new ArrayList<>(started.failures());
    failures.addAll(started.failedComponents());
    if (!failures.isEmpty()) {
      started.close();
      throw new IllegalStateException(String.join("; ", failures));
    }
    Client.awaitReady(installation.address());
    return started;
  }

  private Client login() throws Exception {
    return Client.login(installation.address(), Installation.EMAIL, Installation.PASSWORD);
  }

  /** A stop and a start, with something done in between. */
  void restart(Runnable between) throws Exception {
    framework.close();
    between.run();
    framework = start();
    client = login();
  }

  Framework framework() {
    return framework;
  }

  /** The first column of what the owner of the database finds. */
  List<String> rows(String query) throws SQLException {
    try (var connection = installation.database();
        var statement = connection.createStatement();
        var found = statement.executeQuery(query)) {
      var rows = new ArrayList<String>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    }
  }

  /** Returns when the condition holds; fails where it does not within a minute. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come to that within a minute");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  Client client() {
    return client;
  }

  @Override
  public void close() {
    framework.close();
  }
}
