package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import dev.slipway.testkit.TestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes on one database; the first has an agent. What is asked at one is done by both. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoNodes {
  private Node first;
  private Node second;
  private EmbeddedPostgres postgres;
  private TestClient atFirst;
  private TestClient atSecond;

  /** What carries signals between the nodes; null for the database. */
  abstract @Nullable String nats() throws Exception;

  @BeforeAll
  void start() throws Exception {
    var nats = nats();
    first = Node.quiet();
    second = Node.quiet();
    var folder = Files.createDirectories(first.folder().resolve("postgres"));
    postgres = EmbeddedPostgres.start(Options.forTests(folder));
    for (var node : new Node[] {first, second}) {
      var endpoint = postgres.endpoint();
      node.with(
              "SLIPWAY_DATABASE_URL",
              "postgresql://"
                  + endpoint.superuser()
                  + "@127.0.0.1:"
                  + endpoint.port()
                  + "/postgres")
          .with("SLIPWAY_DATABASE_PASSWORD", endpoint.password());
      if (nats != null) {
        node.with("SLIPWAY_NATS_URL", nats);
      }
    }
    first.start("--agent", "process");
    second.with("SLIPWAY_MASTER_KEY_FILE", first.data().resolve("keys/master.key").toString());
    second.start("--agent", "off");
    // Once: sign-in is limited.
    atFirst = owner(first);
    atSecond = owner(second);
  }

  @AfterAll
  void stop() throws Exception {
    if (postgres != null) {
      second.close();
      first.program().terminate();
      postgres.close();
      first.close();
    }
  }

  private static TestClient owner(Node node) {
    var anyone = TestClient.at(URI.create(node.url()));
    var login =
        anyone.post("/api/auth/login", Map.of("email", Node.EMAIL, "password", Node.PASSWORD));
    return anyone
        .with("Authorization", "Bearer " + login.at("/accessToken"))
        .with("X-Tenant-ID", login.at("/memberships/0/tenantId"));
  }

  private String server() {
    return atSecond.get("/api/servers").at("/servers/0/id");
  }

  private void awaitPing() throws InterruptedException {
    Await.until(
        "the agent answers at the other node",
        () -> atSecond.post("/api/servers/" + server() + "/agent/ping", Map.of()).status() == 200);
  }

  @Test
  void anAgentOfOneNodeTakesCommandsAskedAtTheOther() throws Exception {
    awaitPing();
    var before = System.nanoTime();
    var ping = atSecond.post("/api/servers/" + server() + "/agent/ping", Map.of());
    assertThat(ping.status()).as("%s", ping.text()).isEqualTo(200);
    assertThat(System.nanoTime() - before)
        .as("it did not wait for a heartbeat to look for it")
        .isLessThan(10_000_000_000L);
    var commands =
        atFirst.get("/api/servers/" + server() + "/agent/commands").json().at("/commands");
    assertThat(commands.at("/0/status").asText()).isEqualTo("completed");
  }

  @Test
  void whatIsTakenBackAtOneNodeIsVoidAtTheOther() throws Exception {
    var key = atFirst.post("/api/admin/api-keys", Map.of("name", "k", "authority", "user"));
    assertThat(key.status()).as("%s", key.text()).isBetween(200, 201);
    var holder =
        TestClient.at(URI.create(second.url()))
            .with("Authorization", "Bearer " + key.at("/rawKey"));
    assertThat(holder.get("/api/servers").status()).isNotEqualTo(401);
    assertThat(atFirst.delete("/api/admin/api-keys/" + key.at("/apiKey/id")).status())
        .isBetween(200, 204);
    Await.until("the key is void", () -> holder.get("/api/servers").status() == 401);
  }

  @Test
  void aNodeThatDiesIsNoticedAndItsAgentComesBack() throws Exception {
    awaitPing();
    var server = server();
    first.program().kill();
    Await.until(
        "the other node no longer takes the agent for connected",
        () -> !queue(server).equals("true"));
    first.start("--agent", "process");
    awaitPing();
  }

  private String queue(String server) throws IOException {
    return atSecond.get("/api/servers/" + server + "/command-queue").at("/queue/agent_connected");
  }
}
