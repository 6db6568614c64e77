package dev.slipway.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandResult;
import dev.slipway.proto.agent.v1.CommandType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private final BlockingQueue<CommandResult> results = new LinkedBlockingQueue<>();
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(50);
  private final Dispatcher dispatcher =
      new Dispatcher(
          Map.of(
              CommandType.COMMAND_TYPE_AGENT_PING,
              (payload, progress) -> {
                begun.countDown();
                release.await();
                return Reply.completed("done");
              },
              CommandType.COMMAND_TYPE_AGENT_STATUS,
              (payload, progress) -> {
                throw new IllegalStateException("secret detail");
              },
              CommandType.COMMAND_TYPE_AGENT_LOGS,
              (payload, progress) -> {
                progress.line("one");
                return Reply.completed(payload.text("say", ""));
              }),
          acknowledged::add);

  private void send(String id, CommandType type, String payload) {
    dispatcher.accept(
        Command.newBuilder()
            .setId(id)
            .setType(type)
            .setPayload(ByteString.copyFromUtf8(payload))
            .build(),
        results::add);
  }

  private CommandResult next() throws InterruptedException {
    var result = results.poll(20, TimeUnit.SECONDS);
    assertThat(result).as("a result in time").isNotNull();
    return Objects.requireNonNull(result);
  }

  @Test
  void fiftyRunAndTheNextIsToldToComeBack() throws Exception {
    for (int i = 0; i < 50; i++) {
      send("c" + i, CommandType.COMMAND_TYPE_AGENT_PING, "");
    }
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    send("c50", CommandType.COMMAND_TYPE_AGENT_PING, "");
    var refused = next();
    assertThat(refused.getCommandId()).isEqualTo("c50");
    assertThat(refused.getStatus()).isEqualTo("failed");
    assertThat(refused.getOutput().toStringUtf8())
        .isEqualTo("agent command capacity exhausted; retry later");
    assertThat(acknowledged).contains("c50");
    // A cancel needs no place.
    send("x", CommandType.COMMAND_TYPE_CANCEL_COMMAND, "{\"cancel_command_id\":\"c7\"}");
    var first = next();
    var second = next();
    assertThat(List.of(first.getStatus(), second.getStatus()))
        .containsExactlyInAnyOrder("completed", "cancelled");
    release.countDown();
    for (int i = 0; i < 49; i++) {
      assertThat(next().getStatus()).isEqualTo("completed");
    }
  }

  @Test
  void endOfTheAgentBreaksOffWhatRunsAndAnswersNothing() throws Exception {
    for (int i = 0; i < 50; i++) {
      send("c" + i, CommandType.COMMAND_TYPE_AGENT_PING, "");
    }
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    dispatcher.close();
    assertThat(results).isEmpty();
    // Interrupted, not merely left behind: with the way free nobody is there to go on.
    release.countDown();
    assertThat(results).isEmpty();
  }

  @Test
  void progressPrecedesTheAnswer() throws Exception {
    send("a", CommandType.COMMAND_TYPE_AGENT_LOGS, "{\"say\":\"bye\"}");
    var chunk = next();
    assertThat(chunk.getStatus()).isEqualTo("running");
    assertThat(chunk.getIsFinal()).isFalse();
    assertThat(chunk.getOutput().toStringUtf8()).isEqualTo("one\n");
    var end = next();
    assertThat(end.getIsFinal()).isTrue();
    assertThat(end.getOutput().toStringUtf8()).isEqualTo("bye");
  }

  @Test
  void ourOwnFaultIsAnsweredWithoutItsDetail() throws Exception {
    send("a", CommandType.COMMAND_TYPE_AGENT_STATUS, "");
    var answer = next();
    assertThat(answer.getStatus()).isEqualTo("failed");
    assertThat(answer.getOutput().toStringUtf8()).doesNotContain("secret detail");
  }

  @Test
  void unknownAndUnsupportedAreToldApart() throws Exception {
    dispatcher.accept(Command.newBuilder().setId("a").setTypeValue(9999).build(), results::add);
    assertThat(next().getOutput().toStringUtf8()).isEqualTo("invalid_command_type: 9999");
    send("b", CommandType.COMMAND_TYPE_UNINSTALL, "");
    assertThat(next().getOutput().toStringUtf8())
        .isEqualTo("unsupported_command_type: COMMAND_TYPE_UNINSTALL");
    assertThat(acknowledged).containsExactly("b");
  }
}
