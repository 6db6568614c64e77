package dev.slipway.frameworktests;

import dev.slipway.launcher.osgi.Framework;
import java.nio.file.Path;
import java.util.ArrayList;

/** The platform as the launcher starts it. */
final class Stand implements AutoCloseable {
  private final Installation installation = new Installation();
  final Jars jars = installation.jars;
  final Path data = installation.data;
  private Framework framework;
  private Client client;

  Stand() throws Exception {
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

  Client client() {
    return client;
  }

  @Override
  public void close() {
    framework.close();
  }
}
