package dev.slipway.fleet.wire;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.wire.ScriptedAgent.Stream;
import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.TerminalEnd;
import dev.slipway.proto.agent.v1.TerminalMessage;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody at a WebSocket, and an agent that plays its part message by message. */
class TerminalIT {
  private static final String CONTAINER = "deploy-app-shop-1";

  private final HttpClient http = HttpClient.newHttpClient();
  private TestFleet fleet;
  private Enrolled server;
  private ScriptedAgent agent;
  private Stream stream;
  private UUID app;

  @BeforeEach
  void start() throws Exception {
    fleet = new TestFleet();
    fleet.serveRest();
    server = fleet.enrol("machine");
    app = fleet.apps.add(fleet.tenant, "shop", server.id());
    fleet.residents.addContainers((tenant, on) -> List.of(new AppContainer(CONTAINER, app, null)));
    agent = new ScriptedAgent(fleet.grpc.port(), server);
  }

  @AfterEach
  void stop() throws Exception {
    http.shutdownNow();
    agent.close();
    fleet.close();
  }

  private void connect() throws Exception {
    stream = agent.openAndGreet();
    beat("running");
  }

  private void beat(String status) {
    var container = ContainerMetrics.newBuilder().setName(CONTAINER).setStatus(status);
    agent.blocking().heartbeat(HeartbeatRequest.newBuilder().addContainers(container).build());
  }

  private TestClient admin() {
    return fleet.platform.as(fleet.tenant, Role.ADMIN);
  }

  private String path() {
    return "/api/apps/" + app + "/exec";
  }

  /** A client of the socket and all that it hears. */
  private static final class Heard implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final StringBuffer shown = new StringBuffer();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      texts.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      shown.append(StandardCharsets.UTF_8.decode(data));
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      closed.completeExceptionally(failure);
    }

    String text() throws InterruptedException {
      return String.valueOf(texts.poll(30, TimeUnit.SECONDS));
    }

    int code() throws Exception {
      return closed.get(30, TimeUnit.SECONDS);
    }
  }

  private WebSocket dial(TestClient client, String query, Heard heard) {
    return http.newWebSocketBuilder()
        .header("Authorization", client.header("Authorization").orElseThrow())
        .header("X-Tenant-ID", client.header("X-Tenant-ID").orElseThrow())
        .buildAsync(address(query), heard)
        .join();
  }

  private URI address(String query) {
    return URI.create(fleet.platform.url().toString().replaceFirst("^http", "ws") + path() + query);
  }

  private int refusal(TestClient client) {
    try {
      dial(client, "", new Heard());
      return 101;
    } catch (CompletionException refused) {
      return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }
  }

  /** The agent's side of a terminal. */
  private final class Side implements StreamObserver<TerminalMessage> {
    final BlockingQueue<TerminalMessage> told = new LinkedBlockingQueue<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    final StreamObserver<TerminalMessage> out = agent.async().terminal(this);

    Side(String session) {
      out.onNext(TerminalMessage.newBuilder().setSessionId(session).build());
    }

    TerminalMessage next() throws InterruptedException {
      var message = told.poll(30, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing was typed");
      }
      return message;
    }

    void show(String text) {
      out.onNext(TerminalMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build());
    }

    void exit(int code) {
      out.onNext(
          TerminalMessage.newBuilder().setEnd(TerminalEnd.newBuilder().setExitCode(code)).build());
      out.onCompleted();
    }

    @Override
    public void onNext(TerminalMessage message) {
      told.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(String.valueOf(failure.getMessage()));
    }

    @Override
    public void onCompleted() {
      end.complete("completed");
    }
  }

  private static String session(Command command) throws Exception {
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .readTree(command.getPayload().toStringUtf8())
        .path("session_id")
        .asText();
  }

  /** The next terminal; that an earlier one is called off does not matter here. */
  private Command asked() throws Exception {
    var command = stream.next();
    while (command.getType() == CommandType.COMMAND_TYPE_CANCEL_COMMAND) {
      command = stream.next();
    }
    assertThat(command.getType()).isEqualTo(CommandType.COMMAND_TYPE_TERMINAL);
    return command;
  }

  private List<StoredEvent> told(String type) {
    return fleet.events(server.id()).stream().filter(e -> e.type().equals(type)).toList();
  }

  @Test
  void carriesBothWaysAndRecordsIt() throws Exception {
    connect();
    var heard = new Heard();
    var client = dial(admin(), "?command=top%20-b&cols=100&rows=40", heard);
    var command = asked();
    assertThat(command.getPayload().toStringUtf8())
        .contains("\"exec top -b\"", "\"columns\":100", "\"rows\":40", CONTAINER);
    var side = new Side(session(command));
    client.sendBinary(ByteBuffer.wrap("ls\n".getBytes(StandardCharsets.UTF_8)), true).join();
    assertThat(side.next().getData().toStringUtf8()).isEqualTo("ls\n");
    client.sendText("{\"type\":\"resize\",\"cols\":132,\"rows\":50}", true).join();
    var resize = side.next();
    assertThat(List.of(resize.getColumns(), resize.getRows())).containsExactly(132, 50);
    for (var i = 0; i < 100; i++) {
      side.show("line " + i + "\n");
    }
    side.exit(3);
    assertThat(heard.text()).isEqualTo("{\"type\":\"exit\",\"code\":3}");
    assertThat(heard.code()).isEqualTo(1000);
    assertThat(heard.shown).contains("line 0\n").contains("line 99\n");
    await("it is recorded", () -> !told("fleet.terminal.closed").isEmpty());
    assertThat(told("fleet.terminal.opened").getFirst().data())
        .containsEntry("container_name", CONTAINER)
        .containsEntry("command", "top -b");
    assertThat(told("fleet.terminal.closed").getFirst().data())
        .containsEntry("bytes_typed", 3)
        .containsEntry("exit_code", 3);
  }

  @Test
  void endsTheCommandWhenTheClientGoes() throws Exception {
    connect();
    var heard = new Heard();
    var client = dial(admin(), "", heard);
    var side = new Side(session(asked()));
    side.show("$ ");
    await("it is shown", () -> heard.shown.toString().equals("$ "));
    client.sendClose(1000, "").join();
    assertThat(side.end.get(30, TimeUnit.SECONDS)).isEqualTo("completed");
    await("it is recorded", () -> !told("fleet.terminal.closed").isEmpty());
    assertThat(told("fleet.terminal.closed").getFirst().data())
        .containsEntry("reason", "the client is gone");
  }

  @Test
  void saysWhyAnAgentOpensNone() throws Exception {
    connect();
    var heard = new Heard();
    dial(admin(), "", heard);
    var command = asked();
    stream.finish(command.getId(), "failed", "invalid_command_type: 1000");
    assertThat(heard.text()).contains("invalid_command_type: 1000").contains("\"code\":null");
    assertThat(heard.code()).isEqualTo(1001);
  }

  @Test
  void closesOnMessagesThatMakeNoSense() throws Exception {
    connect();
    var heard = new Heard();
    var client = dial(admin(), "", heard);
    new Side(session(asked()));
    client.sendText("{\"type\":\"resize\",\"cols\":0,\"rows\":50}", true).join();
    assertThat(heard.code()).isEqualTo(1007);
    var large = new Heard();
    var second = dial(admin(), "", large);
    new Side(session(asked()));
    // The platform need not read to the end of what it refuses.
    second.sendBinary(ByteBuffer.allocate(70_000), true).exceptionally(gone -> second).join();
    assertThat(large.code()).isEqualTo(1009);
  }

  @Test
  void isForThoseWhoOperateTheServer() throws Exception {
    assertThat(refusal(admin())).isEqualTo(422);
    connect();
    var member = fleet.member();
    assertThat(refusal(member)).isEqualTo(403);
    fleet.rights.grant(
        TestPlatform.caller(fleet.tenant, Role.ADMIN),
        server.id(),
        member.userId(),
        ServerRight.OPERATOR);
    assertThat(refusal(member)).isEqualTo(101);
    assertThat(refusal(fleet.platform.as(UUID.randomUUID(), Role.OWNER))).isEqualTo(404);
    assertThat(admin().get(path()).status()).isEqualTo(400);
    assertThat(admin().get(path() + "?cols=0").fields()).contains("cols");
    fleet.db.run(
        fleet.scope,
        () -> fleet.servers.streamOpened(server.id(), Ids.next(), Ids.next(), Instant.now()));
    assertThat(refusal(admin())).as("at another node").isEqualTo(503);
    beat("exited");
    assertThat(refusal(admin())).isEqualTo(422);
  }

  @Test
  void takesABrowsersCredentialFromTheSubprotocols() throws Exception {
    connect();
    var owner = admin();
    var token = owner.header("Authorization").orElseThrow().replaceFirst("Bearer ", "");
    var tenant = "tenant." + owner.header("X-Tenant-ID").orElseThrow();
    var socket =
        http.newWebSocketBuilder()
            .subprotocols("slipway", "bearer." + token, tenant)
            .buildAsync(address(""), new Heard())
            .join();
    assertThat(socket.getSubprotocol()).isEqualTo("slipway");
    assertThatThrownBy(
            () ->
                http.newWebSocketBuilder()
                    .subprotocols("slipway", "bearer.nonsense", tenant)
                    .buildAsync(address(""), new Heard())
                    .join())
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void joinsNoAgentToAnothersTerminal() throws Exception {
    connect();
    var heard = new Heard();
    dial(admin(), "", heard);
    var session = session(asked());
    var other = fleet.enrol("other");
    try (var thief = new ScriptedAgent(fleet.grpc.port(), other)) {
      var refused = new CompletableFuture<String>();
      var out =
          thief
              .async()
              .terminal(
                  new StreamObserver<>() {
                    @Override
                    public void onNext(TerminalMessage message) {
                      refused.complete("served");
                    }

                    @Override
                    public void onError(Throwable failure) {
                      refused.complete(String.valueOf(failure.getMessage()));
                    }

                    @Override
                    public void onCompleted() {
                      refused.complete("completed");
                    }
                  });
      out.onNext(TerminalMessage.newBuilder().setSessionId(session).build());
      assertThat(refused.get(30, TimeUnit.SECONDS)).startsWith("NOT_FOUND");
    }
    assertThat(Map.of("shown", heard.shown.toString())).containsEntry("shown", "");
  }
}
