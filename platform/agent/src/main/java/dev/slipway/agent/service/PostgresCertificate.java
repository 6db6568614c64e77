package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import dev.slipway.agent.runtime.docker.ContainerAccess.Facts;
import dev.slipway.agent.runtime.docker.ContainerAccess.Program;
import dev.slipway.agent.secret.SelfSigned;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a PostgreSQL a new key and certificate without a restart. Both are in one file, so that
 * there is never one without the other; they never lie on the host.
 */
public final class PostgresCertificate {
  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final Duration SHOWN = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final String FILE = "slipway-tls.pem";
  private static final String NEW = "slipway-tls.new";

  private final ContainerAccess containers;

  public PostgresCertificate(ContainerAccess containers) {
    this.containers = containers;
  }

  /** Returns when the server shows the new certificate. */
  public void rotate(String container) throws RuntimeRefusal, IOException, InterruptedException {
    var service = containers.look(container);
    var folder = Postgres.folder(service);
    place(container, service, folder);
    for (var statement :
        List.of(
            "alter system set ssl_cert_file = '" + FILE + "'",
            "alter system set ssl_key_file = '" + FILE + "'",
            "alter system set ssl = on",
            "select pg_reload_conf()")) {
      containers.text(service.id(), ask(service, statement, Map.of()));
    }
    awaitShown(service, folder + "/" + FILE);
  }

  /** The server reads a key only that is its user's alone. */
  private void place(String container, Facts service, String folder)
      throws RuntimeRefusal, IOException, InterruptedException {
    var owner = text(service, "stat", "-c", "%u:%g", folder);
    if (!owner.matches("\\d{1,9}:\\d{1,9}")) {
      throw new RuntimeRefusal("whose " + folder + " is cannot be told");
    }
    var ids = owner.split(":");
    var made = SelfSigned.of(container, VALIDITY);
    containers.place(
        service.id(),
        folder,
        Tars.secret(
            NEW,
            made.certificate() + made.key(),
            Integer.parseInt(ids[0]),
            Integer.parseInt(ids[1])));
    text(service, "mv", "-f", folder + "/" + NEW, folder + "/" + FILE);
  }

  private String text(Facts service, String... words)
      throws RuntimeRefusal, IOException, InterruptedException {
    return containers.text(service.id(), Program.of(List.of(words)));
  }

  private static Program ask(Facts service, String statement, Map<String, String> how) {
    var user = Postgres.user(service);
    var password = service.variable("", "POSTGRES_PASSWORD");
    var program = Postgres.sql(user, "postgres", password, statement);
    var environment = new HashMap<>(program.environment());
    environment.putAll(how);
    return new Program(program.words(), environment, program.limit());
  }

  /** The server reads it when it comes to it. */
  private void awaitShown(Facts service, String certificate)
      throws RuntimeRefusal, IOException, InterruptedException {
    var trusting =
        Map.of("PGHOST", "127.0.0.1", "PGSSLMODE", "verify-ca", "PGSSLROOTCERT", certificate);
    var deadline = System.nanoTime() + SHOWN.toNanos();
    while (true) {
      try {
        containers.text(service.id(), ask(service, "select 1", trusting));
        return;
      } catch (RuntimeRefusal e) {
        if (System.nanoTime() > deadline) {
          throw new RuntimeRefusal("the server does not show the certificate: " + e.getMessage());
        }
      }
      Thread.sleep(LOOK);
    }
  }
}
