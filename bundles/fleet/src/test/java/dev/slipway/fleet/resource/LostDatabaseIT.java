package dev.slipway.fleet.resource;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.Postgres;
import dev.slipway.testkit.TestClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Connections to the database that die under load: what could not be done can be tried again. */
class LostDatabaseIT {
  private static final int ROUNDS = 40;
  private static final int ANSWERS = 8;
  private static final int CLIENTS = 4;

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void isToBeTriedAgainAndNeverAFault() throws Exception {
    try (var fleet = new TestFleet()) {
      fleet.serveRest();
      fleet.enrol("machine");
      var owner = fleet.platform.as(fleet.tenant, Role.OWNER);
      try (var database = Postgres.owner(fleet.platform.store())) {
        var clients = clients(owner);
        for (var round = 0; round < ROUNDS; round++) {
          disconnect(database);
          var seen = answers.size();
          await("more is answered", () -> answers.size() >= seen + ANSWERS);
        }
        over.set(true);
        for (var client : clients) {
          client.join();
        }
      }
      assertThat(answers).extracting(Answer::status).containsOnly(200, 201, 503);
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 503)
          .allSatisfy(
              refused -> {
                assertThat(refused.at("/code")).isEqualTo("platform.unavailable");
                assertThat(refused.header("Retry-After")).isPresent();
              });
      await("all works again", () -> owner.get("/api/servers").status() == 200);
    }
  }

  private List<Thread> clients(TestClient owner) {
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < CLIENTS; i++) {
      threads.add(Thread.ofVirtual().start(() -> ask(owner)));
    }
    return threads;
  }

  private void ask(TestClient owner) {
    while (!over.get()) {
      answers.add(owner.get("/api/servers"));
      var key = Ids.next().toString();
      answers.add(
          owner
              .with("Idempotency-Key", key)
              .post("/api/server-pools", Map.of("name", "pool-" + key)));
    }
  }

  /** Ends whatever the platform has open, but for this connection. */
  private static void disconnect(Connection database) throws SQLException {
    try (var statement = database.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
    }
  }
}
