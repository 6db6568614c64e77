package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.launcher.postgres.EmbeddedPostgres;
import dev.slipway.launcher.postgres.Options;
import dev.slipway.testkit.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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
    var folder = first.folder().resolve("postgres");
    UsedFolder.made().copyDatabaseTo(folder);
    postgres = EmbeddedPostgres.start(Options.forTests(folder));
    for (var node : new Node[] {first, second}) {
      var endpoint = postgres.endpoint();
      node.with(
              "SLIPWAY_DATABASE_URL",
              "postgresql://" + endpoint.superuser() + "@127.0.0.1:" + endpoint.port() + "/slipway")
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
    Await.until(
        "an answer comes that did not wait for a heartbeat",
        () -> {
          var before = lastHeartbeat();
          var ping = atSecond.post("/api/servers/" + server() + "/agent/ping", Map.of());
          return ping.status() == 200 && lastHeartbeat().equals(before);
        });
    var commands =
        atFirst.get("/api/servers/" + server() + "/agent/commands").json().at("/commands");
    assertThat(commands.at("/0/status").asText()).isEqualTo("completed");
  }

  private String lastHeartbeat() throws IOException {
    return atSecond.get("/api/servers/" + server()).at("/server/last_heartbeat_at");
  }

  @Test
  void aTerminalOpensAtTheNodeThatTheAgentIsNotAt() throws Exception {
    awaitPing();
    var client = new Client(first);
    client.login(Node.EMAIL, Node.PASSWORD);
    client.deploy(Sample.of(first, "talk").folder()).ok();
    var path = "/api/apps/" + atSecond.get("/api/apps").at("/apps/0/id") + "/exec";
    var screen = new Screen();
    try (var http = HttpClient.newHttpClient()) {
      var address = URI.create(second.url().replaceFirst("^http", "ws") + path);
      var typed = "echo $((6 * 7)); exit 3\n".getBytes(StandardCharsets.UTF_8);
      // The next heartbeat tells of the container.
      Await.until(
          "the terminal opens",
          () -> {
            var socket =
                http.newWebSocketBuilder()
                    .header("Authorization", atSecond.header("Authorization").orElseThrow())
                    .header("X-Tenant-ID", atSecond.header("X-Tenant-ID").orElseThrow())
                    .buildAsync(address, screen)
                    .join();
            socket.sendBinary(ByteBuffer.wrap(typed), true).join();
            return true;
          });
      assertThat(screen.end.get(60, TimeUnit.SECONDS)).isEqualTo("{\"type\":\"exit\",\"code\":3}");
      assertThat(screen.shown).contains("42");
    }
  }

  /** What a terminal shows, and its last message. */
  private static final class Screen implements WebSocket.Listener {
    final StringBuffer shown = new StringBuffer();
    final CompletableFuture<String> end = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      shown.append(StandardCharsets.UTF_8.decode(data));
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      end.complete(text.toString());
      socket.request(1);
      return null;
    }
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
