package dev.slipway.fleet.wire;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Scope;
import dev.slipway.fleet.service.AnotherNode;
import dev.slipway.fleet.store.terminal.TerminalStore;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A terminal whose client is at one node and whose agent came to another. */
class TerminalNodesIT extends TerminalCase {
  private static final int PIECE = 32 * 1024;

  @TempDir Path folder;
  private AnotherNode other;
  private TerminalStore rows;

  @BeforeEach
  void move() throws Exception {
    rows = new TerminalStore(fleet.db);
    other = new AnotherNode(fleet, folder);
    agent.close();
    agent = new ScriptedAgent(other.grpc.port(), server);
    connect();
  }

  @AfterEach
  void leave() throws Exception {
    agent.close();
    other.close();
  }

  private int open() {
    return fleet.db.read(Scope.platform("test"), () -> rows.count(server.id()));
  }

  private int waiting(String session, boolean toAgent) {
    var id = UUID.fromString(session);
    return fleet.db.read(Scope.platform("test"), () -> rows.next(id, toAgent, 0)).size();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void carriesBothWaysInOrder() throws Exception {
    var heard = new Heard();
    var client = dial(admin(), "?cols=100&rows=40", heard);
    var side = new Side(session(asked()));
    var typed = new StringBuilder();
    for (var i = 0; i < 50; i++) {
      var line = "line " + i + "\n";
      typed.append(line);
      client.sendBinary(bytes(line), true).join();
    }
    client.sendText("{\"type\":\"resize\",\"cols\":132,\"rows\":50}", true).join();
    var seen = new StringBuilder();
    for (var i = 0; i < 50; i++) {
      seen.append(side.next().getData().toStringUtf8());
    }
    assertThat(seen).hasToString(typed.toString());
    var resize = side.next();
    assertThat(List.of(resize.getColumns(), resize.getRows())).containsExactly(132, 50);
    var shown = new StringBuilder();
    for (var i = 0; i < 200; i++) {
      shown.append("row ").append(i).append('\n');
      side.show("row " + i + "\n");
    }
    side.exit(3);
    assertThat(heard.text()).isEqualTo("{\"type\":\"exit\",\"code\":3}");
    assertThat(heard.code()).isEqualTo(1000);
    assertThat(heard.shown).hasToString(shown.toString());
    assertThat(side.end.get(30, TimeUnit.SECONDS)).isEqualTo("completed");
    await("nothing is left of it", () -> open() == 0);
    await("it is recorded", () -> !told("fleet.terminal.closed").isEmpty());
    assertThat(told("fleet.terminal.closed").getFirst().data())
        .containsEntry("bytes_typed", typed.length())
        .containsEntry("bytes_shown", shown.length())
        .containsEntry("exit_code", 3);
  }

  @Test
  void keepsNothingThatCanBeReadAndAFewPiecesAtMost() throws Exception {
    var client = dial(admin(), "", new Heard());
    var session = session(asked());
    // Nobody has come for what is typed: it waits where it was typed, not in the database.
    client.sendBinary(bytes("secret"), true).join();
    assertThat(waiting(session, true)).isZero();
    var side = new Side(session);
    assertThat(side.next().getData().toStringUtf8()).isEqualTo("secret");
    var slow = new Slow();
    http.newWebSocketBuilder()
        .header("Authorization", admin().header("Authorization").orElseThrow())
        .header("X-Tenant-ID", fleet.tenant.toString())
        .buildAsync(address(""), slow)
        .join();
    var second = session(asked());
    var flood = new Side(second);
    var piece = "x".repeat(PIECE);
    for (var i = 0; i < 400; i++) {
      flood.show(piece);
    }
    await("the line is full", () -> waiting(second, false) == TerminalStore.MOST_WAITING);
    assertThat(waiting(second, false)).isEqualTo(TerminalStore.MOST_WAITING);
    // The other terminal does not wait for this one.
    client.sendBinary(bytes("on"), true).join();
    assertThat(side.next().getData().toStringUtf8()).isEqualTo("on");
    slow.socket.request(Long.MAX_VALUE);
    flood.exit(0);
    await("all came", () -> slow.bytes.get() == 400 * PIECE);
  }

  /** A client that reads nothing until it is told to. */
  private static final class Slow implements WebSocket.Listener {
    final AtomicInteger bytes = new AtomicInteger();
    volatile WebSocket socket;

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      bytes.addAndGet(data.remaining());
      return null;
    }
  }

  @Test
  void bothEndsSeeTheOtherGo() throws Exception {
    var heard = new Heard();
    var client = dial(admin(), "", heard);
    var side = new Side(session(asked()));
    side.show("$ ");
    await("it is shown", () -> heard.shown.toString().equals("$ "));
    client.sendClose(1000, "").join();
    assertThat(side.end.get(60, TimeUnit.SECONDS)).isEqualTo("completed");
    await("nothing is left of it", () -> open() == 0);

    var left = new Heard();
    dial(admin(), "", left);
    var gone = new Side(session(asked()));
    gone.show("$ ");
    await("it is shown", () -> left.shown.toString().equals("$ "));
    agent.close();
    assertThat(left.text()).contains("the agent is gone");
    assertThat(left.code()).isEqualTo(1001);
  }

  @Test
  void endsWithEitherNode() throws Exception {
    var heard = new Heard();
    dial(admin(), "", heard);
    var side = new Side(session(asked()));
    side.show("$ ");
    await("it is shown", () -> heard.shown.toString().equals("$ "));
    other.bury();
    assertThat(heard.text()).contains("the connection to the agent is lost");
    assertThat(heard.code()).isEqualTo(1001);
    assertThat(side.end.get(60, TimeUnit.SECONDS)).isEqualTo("completed");
    await("nothing is left of it", () -> open() == 0);
  }

  @Test
  void isCountedAtAllNodes() throws Exception {
    for (var i = 0; i < 20; i++) {
      dial(admin(), "", new Heard());
      new Side(session(asked()));
    }
    assertThat(refusal(admin())).isEqualTo(429);
  }
}
