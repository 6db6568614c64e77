package dev.slipway.fleet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.api.Role;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.fleet.AppContainers.AppContainer;
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
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

/** Somebody at a WebSocket, and an agent that plays its part message by message. */
abstract class TerminalCase {
  static final String CONTAINER = "deploy-app-shop-1";

  final HttpClient http = HttpClient.newHttpClient();
  TestFleet fleet;
  Enrolled server;
  ScriptedAgent agent;
  Stream stream;
  UUID app;

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

  void connect() throws Exception {
    stream = agent.openAndGreet();
    beat("running");
  }

  void beat(String status) {
    var container = ContainerMetrics.newBuilder().setName(CONTAINER).setStatus(status);
    agent.blocking().heartbeat(HeartbeatRequest.newBuilder().addContainers(container).build());
  }

  TestClient admin() {
    return fleet.platform.as(fleet.tenant, Role.ADMIN);
  }

  String path() {
    return "/api/apps/" + app + "/exec";
  }

  /** A client of the socket and all that it hears. */
  static final class Heard implements WebSocket.Listener {
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

  WebSocket dial(TestClient client, String query, Heard heard) {
    return http.newWebSocketBuilder()
        .header("Authorization", client.header("Authorization").orElseThrow())
        .header("X-Tenant-ID", client.header("X-Tenant-ID").orElseThrow())
        .buildAsync(address(query), heard)
        .join();
  }

  URI address(String query) {
    return URI.create(fleet.platform.url().toString().replaceFirst("^http", "ws") + path() + query);
  }

  int refusal(TestClient client) {
    try {
      dial(client, "", new Heard());
      return 101;
    } catch (CompletionException refused) {
      return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }
  }

  /** The agent's side of a terminal. */
  final class Side implements StreamObserver<TerminalMessage> {
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

  static String session(Command command) throws Exception {
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .readTree(command.getPayload().toStringUtf8())
        .path("session_id")
        .asText();
  }

  /** The next terminal; that an earlier one is called off does not matter here. */
  Command asked() throws Exception {
    var command = stream.next();
    while (command.getType() == CommandType.COMMAND_TYPE_CANCEL_COMMAND) {
      command = stream.next();
    }
    assertThat(command.getType()).isEqualTo(CommandType.COMMAND_TYPE_TERMINAL);
    return command;
  }

  List<StoredEvent> told(String type) {
    return fleet.events(server.id()).stream().filter(e -> e.type().equals(type)).toList();
  }
}
