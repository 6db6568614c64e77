package dev.slipway.fleet.protocol;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The agent protocol as its tables have it: what an agent that was written from them alone may rely
 * on. That clients which ping every 30 s are welcome, and TLS beside plaintext, is tested where the
 * listener is: {@code dev.slipway.grpc}.
 */
class ProtocolIT {
  private static final int BOOTSTRAP_SECRETS = 140;
  private static final int AGENT_STATUS = 114;
  private static final int APP_BUILD = 41;
  private static final int ROUTE_ADD = 50;

  static TestFleet fleet;
  static int number;
  Enrolled server;
  RawAgent agent;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  @BeforeEach
  void enrol() {
    server = fleet.enrol("server-" + ++number);
    agent = agent(RawAgent.signedIn(server.id(), server.secret()));
  }

  @AfterEach
  void leave() throws Exception {
    agent.close();
  }

  private static RawAgent agent(Map<String, String> metadata) {
    return new RawAgent(fleet.grpc.port(), metadata);
  }

  private Command submit(CommandType type) {
    return fleet.submit(server.id(), type, "{}");
  }

  private static void awaitStatus(Command command, CommandStatus status) {
    await(command.type() + " is " + status, () -> fleet.status(command) == status);
  }

  private static Fields beat() {
    return Fields.of().text(1, "0.1.0-linux-x86_64");
  }

  // The ten traps.

  @Test
  void trap1HeadersOfTheStreamComeAtOnce() throws Exception {
    var stream = agent.commandStream();
    stream.headers.get(10, TimeUnit.SECONDS);
    var first = stream.next();
    assertThat(first.whole(2)).isEqualTo(BOOTSTRAP_SECRETS);
    assertThat(first.text(3)).isEqualTo("{}");
    assertThat(stream.next().whole(2)).isEqualTo(AGENT_STATUS);
  }

  @Test
  void trap3MessagesOf29MebibytesPassAndLargerOnesEndTheCallAlone() throws Exception {
    var stream = agent.greeted();
    var command = submit(CommandType.CI_JOB);
    assertThat(stream.next().text(1)).isEqualTo(command.id().toString());
    stream.result(command.id().toString(), "completed", new byte[29 << 20], true);
    awaitStatus(command, CommandStatus.COMPLETED);
    stream.result(command.id().toString(), "running", new byte[31 << 20], false);
    // The transport may reset the stream before the reason has left.
    assertThat(stream.answer().code()).isIn(Code.RESOURCE_EXHAUSTED, Code.CANCELLED);
    assertThat(agent.heartbeat(beat()).code()).isEqualTo(Code.OK);
    agent.greeted();
  }

  @Test
  void trap5AResultLostWithItsStreamEndsTheCommandOnce() throws Exception {
    agent.heartbeat(beat());
    var stream = agent.greeted();
    var command = submit(CommandType.APP_BUILD);
    stream.next();
    stream.cancel();
    await(
        "the stream is noted as gone",
        () -> fleet.server(server.id()).status() == ServerStatus.DEGRADED);
    agent.greeted();
    fleet.settleLost();
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.FAILED);
    assertThat(fleet.eventTypes(server.id())).containsOnlyOnce("fleet.command.finished");
  }

  @Test
  void trap6NoCommandIsSentTwiceUnlessThatIsHarmless() throws Exception {
    agent.heartbeat(beat());
    var build = submit(CommandType.APP_BUILD);
    var route = submit(CommandType.ROUTE_ADD);
    var stream = agent.greeted();
    assertThat(stream.next().whole(2)).isEqualTo(APP_BUILD);
    assertThat(stream.next().whole(2)).isEqualTo(ROUTE_ADD);
    stream.cancel();
    await(
        "the stream is noted as gone",
        () -> fleet.server(server.id()).status() == ServerStatus.DEGRADED);
    fleet.settleLost();
    var again = agent.greeted();
    assertThat(again.next().text(1)).isEqualTo(route.id().toString());
    again.finish(route.id().toString(), "completed", "route added");
    awaitStatus(route, CommandStatus.COMPLETED);
    assertThat(again.waiting()).doesNotContain(build.id().toString());
  }

  @Test
  void trap7AnAckIsAnsweredWhateverItIsAbout() throws Exception {
    var stream = agent.greeted();
    var command = submit(CommandType.CI_JOB);
    stream.next();
    assertThat(agent.ack(command.id().toString(), server.id()).code()).isEqualTo(Code.OK);
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.RUNNING);
    var acked = fleet.command(command.id()).ackedAt();
    for (var id : List.of(command.id().toString(), Ids.next().toString(), "", "no id", "\0")) {
      assertThat(agent.ack(id, server.id()).code()).as(id).isEqualTo(Code.OK);
    }
    assertThat(fleet.command(command.id()).ackedAt()).isEqualTo(acked);
    stream.finish(command.id().toString(), "completed", "{\"conclusion\":\"success\"}");
    awaitStatus(command, CommandStatus.COMPLETED);
    assertThat(agent.ack(command.id().toString(), server.id()).code()).isEqualTo(Code.OK);
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.COMPLETED);
  }

  @Test
  void trap7ACommandWithoutAckComesToItsEndToo() throws Exception {
    var stream = agent.greeted();
    var command = submit(CommandType.APP_STOP);
    stream.next();
    stream.finish(command.id().toString(), "completed", "stopped");
    awaitStatus(command, CommandStatus.COMPLETED);
  }

  @Test
  void trap8WhatAHeartbeatBringsOnceIsKept() throws Exception {
    var routes = Fields.of().text(1, "shop.test").text(2, "/{id}").whole(3, 40).whole(10, 8);
    assertThat(agent.heartbeat(beat().inside(5, routes)).code()).isEqualTo(Code.OK);
    await("it is written", () -> failedOf("shop.test") == 8);
  }

  private long failedOf(String domain) {
    var since = java.time.Instant.now().minus(Duration.ofHours(1));
    var servers = new java.util.UUID[] {server.id()};
    return fleet
        .db
        .read(fleet.scope, () -> fleet.sampleRows.routeErrors(servers, since, 10))
        .stream()
        .filter(route -> route.domain().equals(domain))
        .mapToLong(route -> route.failed())
        .sum();
  }

  @Test
  void trap9RefusalsAreShort() throws Exception {
    try (var stranger =
        agent(
            Map.of("server-id", "x".repeat(3_000), "authorization", "Bearer " + "y".repeat(900)))) {
      var refused = stranger.heartbeat(beat());
      assertThat(refused.code()).isEqualTo(Code.UNAUTHENTICATED);
      assertThat(refused.status().getDescription()).hasSizeLessThan(1_025);
    }
  }

  @Test
  void trap10AHeartbeatWithNextToNothingInItIsEnough() throws Exception {
    var answer = agent.heartbeat(Fields.of());
    assertThat(answer.code()).isEqualTo(Code.OK);
    assertThat(answer.message().whole(1)).as("accepted").isEqualTo(1);
    assertThat(answer.message().whole(5)).as("heartbeat_interval_seconds").isEqualTo(30);
    assertThat(fleet.server(server.id()).lastHeartbeatAt()).isNotNull();
  }

  // Credentials.

  @Test
  void everyCallWantsBothKeysOfTheMetadata() throws Exception {
    var bearer = "Bearer " + server.secret();
    var id = server.id().toString();
    var other = fleet.enrol("other-" + number);
    var refused =
        List.of(
            Map.<String, String>of(),
            Map.of("server-id", id),
            Map.of("authorization", bearer),
            Map.of("server-id", id, "authorization", ""),
            Map.of("server-id", id, "authorization", "Bearer "),
            Map.of("server-id", id, "authorization", "Basic " + server.secret()),
            Map.of("server-id", id, "authorization", server.secret()),
            Map.of("server-id", id, "authorization", bearer + "0"),
            Map.of("server-id", id, "authorization", "Bearer " + other.secret()),
            Map.of("server-id", "", "authorization", bearer),
            Map.of("server-id", "' or '1'='1", "authorization", bearer),
            Map.of("server-id", Ids.next().toString(), "authorization", bearer));
    for (var metadata : refused) {
      try (var stranger = agent(metadata)) {
        for (var name : List.of("Heartbeat", "PushLogs", "AckCommand", "ListServerRoutes")) {
          assertThat(stranger.call(name, Fields.of()).code())
              .as("%s with %s", name, metadata.keySet())
              .isEqualTo(Code.UNAUTHENTICATED);
        }
        for (var name : List.of("CommandStream", "PushSpans", "DownloadAgentBinary")) {
          assertThat(stranger.open(name, MethodType.BIDI_STREAMING).answer().code())
              .as("%s with %s", name, metadata.keySet())
              .isEqualTo(Code.UNAUTHENTICATED);
        }
      }
    }
    assertThat(fleet.server(server.id()).lastHeartbeatAt()).isNull();
  }

  @Test
  void aVoidSecretOpensNothingFromTheNextCallOn() throws Exception {
    assertThat(agent.heartbeat(beat()).code()).isEqualTo(Code.OK);
    fleet.db.run(fleet.scope, () -> fleet.servers.credentials(server.id(), "0".repeat(64), "1"));
    assertThat(agent.heartbeat(beat()).code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(agent.commandStream().answer().code()).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void aBodyThatNamesAnotherServerIsRefusedAndHasNoEffect() throws Exception {
    var other = fleet.enrol("other-" + number);
    var theirs = fleet.submit(other.id(), CommandType.APP_BUILD, "{}");
    try (var victim = agent(RawAgent.signedIn(other.id(), other.secret()))) {
      victim.greeted().next();
      assertThat(agent.ack(theirs.id().toString(), other.id()).code())
          .isEqualTo(Code.PERMISSION_DENIED);
      assertThat(agent.ack(theirs.id().toString(), server.id()).code()).isEqualTo(Code.OK);
      assertThat(fleet.status(theirs)).isEqualTo(CommandStatus.DISPATCHED);
      for (var named : List.of(other.id().toString(), "", server.id() + " ")) {
        assertThat(agent.call("ListServerRoutes", Fields.of().text(1, named)).code())
            .as(named)
            .isEqualTo(Code.PERMISSION_DENIED);
        assertThat(agent.call("PushLogs", Fields.of().text(1, named)).code())
            .as(named)
            .isEqualTo(Code.PERMISSION_DENIED);
      }
      // What stands in the agent's file is news for the platform, not an identity.
      var foreignFile = beat().text(11, other.id().toString());
      assertThat(agent.heartbeat(foreignFile).code()).isEqualTo(Code.OK);
      assertThat(fleet.server(other.id()).lastHeartbeatAt()).isNull();
    }
  }

  // Messages.

  @Test
  void bytesThatAreNoMessageEndTheCallAlone() throws Exception {
    var stream = agent.greeted();
    var broken =
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff},
            new byte[] {0x0a, 0x7f, 'x'},
            Fields.of().bytes(1, new byte[] {(byte) 0xc3, 0x28}).toBytes(),
            "{\"agent_version\":\"1\"}".getBytes(StandardCharsets.UTF_8));
    for (var bytes : broken) {
      assertThat(agent.call("Heartbeat", bytes).code()).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(agent.call("PushLogs", bytes).code()).isEqualTo(Code.INVALID_ARGUMENT);
    }
    assertThat(fleet.server(server.id()).lastHeartbeatAt()).isNull();
    var command = submit(CommandType.APP_STOP);
    assertThat(stream.next().text(1)).isEqualTo(command.id().toString());
    stream.send(new byte[] {0x0a, 0x7f, 'x'});
    assertThat(stream.answer().code()).isEqualTo(Code.INVALID_ARGUMENT);
    var again = agent.greeted();
    again.finish(command.id().toString(), "completed", "stopped");
    awaitStatus(command, CommandStatus.COMPLETED);
  }

  @Test
  void fieldsOfALaterVersionArePassedOver() throws Exception {
    var later = beat().text(900, "tomorrow").whole(901, 7).inside(3, Fields.of().whole(99, 1));
    assertThat(agent.heartbeat(later).code()).isEqualTo(Code.OK);
    var stream = agent.greeted();
    var command = submit(CommandType.APP_STOP);
    stream.next();
    stream.send(
        Fields.of()
            .text(1, command.id().toString())
            .text(2, "completed")
            .flag(4, true)
            .text(77, "?"));
    awaitStatus(command, CommandStatus.COMPLETED);
  }

  @Test
  void aUnaryCallTakesOneMessage() throws Exception {
    assertThat(agent.call("Heartbeat", beat().toBytes(), beat().toBytes()).code())
        .isNotEqualTo(Code.OK);
    assertThat(agent.call("Heartbeat").code()).isNotEqualTo(Code.OK);
    assertThat(fleet.server(server.id()).lastHeartbeatAt()).isNull();
    assertThat(agent.call("PushLogs").message().whole(2)).isZero();
  }

  @Test
  void methodsThatAreNotThereSaySo() throws Exception {
    assertThat(agent.call("Teleport", Fields.of()).code()).isEqualTo(Code.UNIMPLEMENTED);
    assertThat(agent.call("ForwardObserveEvent", Fields.of()).code()).isEqualTo(Code.UNIMPLEMENTED);
  }

  @Test
  void everyFinalWordMeansOneEnd() throws Exception {
    var stream = agent.greeted();
    var expected =
        Map.of(
            "completed", CommandStatus.COMPLETED,
            "queued", CommandStatus.COMPLETED,
            "cancelled", CommandStatus.CANCELLED,
            "failed", CommandStatus.FAILED,
            "running", CommandStatus.FAILED,
            "", CommandStatus.FAILED,
            "Completed", CommandStatus.FAILED);
    for (var word : expected.keySet()) {
      var command = submit(CommandType.RESTART_SELF);
      stream.next();
      stream.finish(command.id().toString(), word, "");
      awaitStatus(command, expected.get(word));
    }
  }

  @Test
  void runningOutputIsNoEndAndTextIsMended() throws Exception {
    var stream = agent.greeted();
    var command = submit(CommandType.APP_BUILD);
    stream.next();
    stream.result(command.id().toString(), "completed", new byte[0], false);
    awaitStatus(command, CommandStatus.RUNNING);
    stream.result(
        command.id().toString(), "completed", new byte[] {'a', 0, (byte) 0xff, 'b'}, true);
    awaitStatus(command, CommandStatus.COMPLETED);
    assertThat(fleet.command(command.id()).result()).isEqualTo("a\ufffd\ufffdb");
  }

  @Test
  void aLogBatchIsCountedAndAcceptedWhateverIsInIt() throws Exception {
    var odd =
        Fields.of()
            .text(1, server.id().toString())
            .inside(2, Fields.of().whole(1, Long.MIN_VALUE).text(2, "agent").text(4, "a\0b"))
            .inside(2, Fields.of().whole(1, Long.MAX_VALUE).text(3, "LOUD").text(6, "no id"))
            .inside(2, Fields.of().inside(5, Fields.of().text(1, "").text(2, "\0")))
            .inside(2, Fields.of());
    var answer = agent.call("PushLogs", odd);
    assertThat(answer.code()).isEqualTo(Code.OK);
    assertThat(answer.message().whole(1)).as("accepted").isEqualTo(1);
    assertThat(answer.message().whole(2)).as("received_count").isEqualTo(4);
  }
}
