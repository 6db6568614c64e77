package dev.slipway.fleet.wire;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Role;
import dev.slipway.fleet.ServerRight;
import dev.slipway.proto.agent.v1.TerminalMessage;
import dev.slipway.testkit.TestPlatform;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A terminal whose client and agent are at one node. */
class TerminalIT extends TerminalCase {
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
    var code = tooLarge();
    for (var tries = 1; code.isEmpty() && tries < 20; tries++) {
      code = tooLarge();
    }
    assertThat(code).contains(1009);
  }

  /**
   * Why a message that is too large ends the session. The platform need not read to the end of what
   * it refuses: empty where the connection broke before the client had heard of it.
   */
  private Optional<Integer> tooLarge() throws Exception {
    var heard = new Heard();
    var client = dial(admin(), "", heard);
    new Side(session(asked()));
    client.sendBinary(ByteBuffer.allocate(70_000), true).exceptionally(gone -> client).join();
    try {
      return Optional.of(heard.code());
    } catch (ExecutionException broken) {
      assertThat(broken).hasCauseInstanceOf(IOException.class);
      return Optional.empty();
    }
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
