package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.COMPOSE_DOWN;
import static dev.slipway.fleet.CommandType.COMPOSE_UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.deployments.TestAgent.Reply;
import dev.slipway.deployments.TestAgent.Seen;
import dev.slipway.testkit.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The volumes of a Compose file go by the name of what has them: what is deleted under a name never
 * is what somebody else of that name has begun to use.
 */
class KeptProjectIT {
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  static TestDeployments test;
  static TestEnvironments environments;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    environments = new TestEnvironments(test);
  }

  @AfterAll
  static void stop() throws Exception {
    THREADS.close();
    test.close();
  }

  static UUID app(TestAgent agent, Map<String, Object> settings) {
    var app = test.emptyApp(agent, settings);
    test.upload(app, "compose.yaml", "services: {web: {build: .}}\n");
    return app;
  }

  /** The one thing that is kept of an app. */
  static JsonNode kept(UUID app) {
    var list = "/api/kept-volumes?app_id=" + app;
    test.until("it is noted", () -> test.user.get(list).json().path("total").asInt() == 1);
    return test.user.get(list).json().at("/kept_volumes/0");
  }

  /** An app that is deleted and has left its data, another of its name, and who takes orders. */
  private record Case(TestAgent agent, JsonNode kept, UUID next) {
    static Case start() {
      var agent = ComposeIT.composing(test);
      var settings =
          Map.<String, Object>of(
              "source_type", "compose", "name", "shop " + Ids.next().toString().substring(24));
      var first = app(agent, settings);
      test.live(first);
      expect(202, test.user.delete("/api/apps/" + first));
      var kept = KeptProjectIT.kept(first);
      test.until("it is gone", () -> test.apps.find(test.scope, first).isEmpty());
      agent.forget();
      return new Case(agent, kept, app(agent, settings));
    }

    Answer purge() {
      return test.user.delete("/api/kept-volumes/" + kept.path("id").asText());
    }

    /** Has the agent begin to delete; the operation. */
    UUID purging() {
      agent.on(COMPOSE_DOWN, Reply.silence());
      var operation = UUID.fromString(expect(202, purge()).at("/operation_id"));
      test.until("the agent has begun", () -> !agent.seen(COMPOSE_DOWN).isEmpty());
      return operation;
    }

    /** A deployment whose images are made, and whose containers are next. */
    UUID built() {
      agent.on(COMPOSE_UP, Reply.silence());
      var deployment = test.deploy(next);
      test.until("its images are being made", () -> !agent.seen(COMPOSE_UP).isEmpty());
      agent.on(COMPOSE_UP, command -> Reply.completed("{\"containers\":[]}"));
      agent.end(
          agent.last(COMPOSE_UP), Reply.completed("{\"primary_service\":\"web\",\"warnings\":[]}"));
      return deployment;
    }

    /** A deployment that waits for the purge. */
    UUID waiting() {
      var deployment = test.deploy(next);
      test.until("it waits", () -> test.status(deployment).equals("deploying"));
      quiet();
      return deployment;
    }

    List<Seen> started() {
      return agent.seen(COMPOSE_UP).stream()
          .filter(command -> !ComposeIT.isBuild(command))
          .toList();
    }

    void ends(Reply reply) {
      agent.end(agent.last(COMPOSE_DOWN), reply);
    }

    boolean isKept() {
      return !test.query(
              "select id from deployments_kept_volume where id = '"
                  + kept.path("id").asText()
                  + "'")
          .isEmpty();
    }
  }

  static void quiet() {
    test.until("nothing is left to do", () -> !test.step());
  }

  @Test
  void aDeploymentWaitsUntilTheDataIsGone() {
    var shop = Case.start();
    var operation = shop.purging();
    var deployment = shop.waiting();
    assertThat(shop.started()).isEmpty();
    test.wiring().engine.advance(test.tenant, deployment);
    assertThat(shop.started()).as("looked at again").isEmpty();
    assertThat(
            expect(200, test.user.get("/api/deployments/" + deployment + "/logs/persisted")).text())
        .containsOnlyOnce("Waits until what was there under this name is taken down");

    shop.ends(Reply.completed("done"));
    test.untilStatus(deployment, "live");
    test.untilOperation(operation, "succeeded");
    assertThat(shop.started()).hasSize(1);
    assertThat(shop.isKept()).isFalse();
  }

  @Test
  void whatWaitsGoesOnAfterACrash() {
    var shop = Case.start();
    shop.purging();
    var deployment = shop.waiting();
    shop.ends(Reply.completed("done"));
    test.restart();
    test.wiring().sweep.run();
    assertThat(shop.started()).as("nobody knows yet how it ended").isEmpty();
    test.untilStatus(deployment, "live");
  }

  @Test
  void dataThatCouldNotBeDeletedIsFound() {
    var shop = Case.start();
    var operation = shop.purging();
    var deployment = shop.waiting();
    shop.ends(Reply.failed("volume is in use"));
    test.untilOperation(operation, "failed");
    test.untilStatus(deployment, "live");
    assertThat(shop.isKept()).isFalse();
    expect(404, shop.purge());
  }

  @Test
  void whatWaitsGoesWithItsApp() {
    var shop = Case.start();
    var operation = shop.purging();
    var deployment = shop.waiting();
    expect(202, test.user.delete("/api/apps/" + shop.next));
    test.until("it is called off", () -> test.apps.find(test.scope, shop.next).isEmpty());
    assertThat(test.status(deployment)).isEqualTo("cancelled");
    shop.ends(Reply.completed("done"));
    test.untilOperation(operation, "succeeded");
    quiet();
    assertThat(shop.started()).isEmpty();
  }

  @Test
  void whatAnAppHasBegunToUseIsNotPurged() {
    var shop = Case.start();
    var deployment = shop.built();
    shop.agent.on(COMPOSE_UP, Reply.silence());
    test.until("its containers start", () -> !shop.started().isEmpty());
    expect(404, shop.purge());
    shop.agent.end(shop.agent.last(COMPOSE_UP), Reply.completed("{\"containers\":[]}"));
    test.untilStatus(deployment, "live");
    assertThat(shop.agent.seen(COMPOSE_DOWN)).isEmpty();
  }

  @Test
  void aPurgeThatIsDecidedAMomentBeforeHoldsTheDeploymentBack() throws Exception {
    var shop = Case.start();
    shop.agent.on(COMPOSE_DOWN, Reply.silence());
    var deployment = shop.built();
    try (var held = new Held(shop.kept)) {
      var purge = CompletableFuture.supplyAsync(shop::purge, THREADS);
      held.untilWaiting(1);
      var advance = advance(deployment);
      held.untilWaiting(2);
      held.close();
      expect(202, purge.join());
      advance.join();
    }
    test.until("the agent has begun", () -> !shop.agent.seen(COMPOSE_DOWN).isEmpty());
    quiet();
    assertThat(shop.started()).isEmpty();
    shop.ends(Reply.completed("done"));
    test.untilStatus(deployment, "live");
    assertThat(shop.started()).hasSize(1);
  }

  @Test
  void aDeploymentThatStartsAMomentBeforeHoldsThePurgeBack() throws Exception {
    var shop = Case.start();
    var deployment = shop.built();
    try (var held = new Held(shop.kept)) {
      var advance = advance(deployment);
      held.untilWaiting(1);
      var purge = CompletableFuture.supplyAsync(shop::purge, THREADS);
      held.untilWaiting(2);
      held.close();
      advance.join();
      expect(404, purge.join());
    }
    test.untilStatus(deployment, "live");
    assertThat(shop.started()).hasSize(1);
    assertThat(shop.agent.seen(COMPOSE_DOWN)).isEmpty();
  }

  private static CompletableFuture<Void> advance(UUID deployment) {
    return CompletableFuture.runAsync(
        () -> test.wiring().engine.advance(test.tenant, deployment), THREADS);
  }

  @Test
  void anEnvironmentOfTheSameNameWaitsUntilTheOldOneIsPurged() {
    var agent = ComposeIT.composing(test);
    var app = app(agent, Map.of("source_type", "compose"));
    test.live(app);
    var old = environments.add(app, "staging");
    environments.live(old);
    agent.on(COMPOSE_DOWN, Reply.silence());
    expect(204, test.user.delete("/api/apps/" + app + "/environments/" + old + "?volumes=purge"));
    var next = environments.add(app, "staging");
    agent.forget();
    var deployment = environments.deploy(next, Map.of());
    test.until("it waits", () -> test.status(deployment).equals("deploying"));
    quiet();
    assertThat(agent.seen(COMPOSE_UP)).allMatch(ComposeIT::isBuild);

    agent.end(agent.last(COMPOSE_DOWN), Reply.completed("done"));
    test.untilStatus(deployment, "live");
    quiet();
    assertThat(agent.seen(COMPOSE_DOWN)).hasSize(1);
    assertThat(
            test.query(
                "select state from deployments_compose_project where environment_id = '"
                    + next
                    + "'"))
        .containsExactly("up");
  }

  /** What was kept, held by somebody else until it is closed. */
  private static final class Held implements AutoCloseable {
    private final Connection connection;
    private final String transaction;

    Held(JsonNode kept) throws SQLException {
      connection = test.platform.store().dedicated();
      connection.setAutoCommit(false);
      try (var lock = connection.createStatement()) {
        var rows = lock.executeQuery("select pg_current_xact_id()::text");
        rows.next();
        transaction = rows.getString(1);
        lock.executeQuery(
            "select id from deployments_kept_volume where id = '"
                + kept.path("id").asText()
                + "' for update");
      }
    }

    /** Until so many wait in line for it. */
    void untilWaiting(int count) {
      // Not with events delivered meanwhile: who hears of them would wait as well.
      var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (waiting() != count) {
        assertThat(System.nanoTime()).as("until %d wait for it", count).isLessThan(until);
        LockSupport.parkNanos(2_000_000);
      }
    }

    /** The first in line waits for who holds it, the others for the row. */
    private int waiting() {
      return test.query(
              "select distinct pid from pg_locks where not granted"
                  + " and (locktype = 'transactionid' and transactionid::text = '"
                  + transaction
                  + "' or locktype = 'tuple' and relation = 'deployments_kept_volume'::regclass)")
          .size();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
