package dev.slipway.fleet.wire;

import static dev.slipway.fleet.service.TestFleet.await;
import static dev.slipway.proto.agent.v1.CommandType.COMMAND_TYPE_AGENT_STATUS;
import static dev.slipway.proto.agent.v1.CommandType.COMMAND_TYPE_APP_BUILD;
import static dev.slipway.proto.agent.v1.CommandType.COMMAND_TYPE_BOOTSTRAP_SECRETS;
import static dev.slipway.proto.agent.v1.CommandType.COMMAND_TYPE_CANCEL_COMMAND;
import static dev.slipway.proto.agent.v1.CommandType.COMMAND_TYPE_ROUTE_ADD;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.AnotherNode;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.wire.ScriptedAgent.Stream;
import io.grpc.Status.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandStreamIT {
  static TestFleet fleet;
  static int number;
  Enrolled server;
  ScriptedAgent agent;

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
    agent = new ScriptedAgent(fleet.grpc.port(), server);
  }

  @AfterEach
  void leave() throws Exception {
    agent.close();
  }

  Command submit(CommandType type) {
    return fleet.submit(server.id(), type, "{}");
  }

  void awaitStatus(Command command, CommandStatus status) {
    await(command.type() + " is " + status, () -> fleet.status(command) == status);
  }

  @Test
  void pendingCommandsAreDeliveredOnceInOrder() throws Exception {
    var first = fleet.submit(server.id(), CommandType.APP_CLONE, "{\"a\":1}");
    var second = submit(CommandType.APP_BUILD);
    var stream = agent.openAndGreet();
    var clone = stream.next();
    assertThat(clone.getId()).isEqualTo(first.id().toString());
    assertThat(clone.getPayload().toStringUtf8()).isEqualTo("{\"a\":1}");
    assertThat(stream.next().getId()).isEqualTo(second.id().toString());
    assertThat(fleet.status(first)).isEqualTo(CommandStatus.DISPATCHED);
    agent.ack(clone.getId());
    assertThat(fleet.status(first)).isEqualTo(CommandStatus.RUNNING);
    assertThat(fleet.command(first.id()).ackedAt()).isNotNull();

    stream.breakOff();
    var again = agent.openAndGreet();
    var third = submit(CommandType.APP_STOP);
    assertThat(again.next().getId()).isEqualTo(third.id().toString());
    assertThat(again.commands).isEmpty();
  }

  @Test
  void aCommandSubmittedWhileOpenArrivesByItself() throws Exception {
    var stream = agent.openAndGreet();
    var command = submit(CommandType.ROUTE_ADD);
    assertThat(stream.next(COMMAND_TYPE_ROUTE_ADD).getId()).isEqualTo(command.id().toString());
    stream.finish(command.id().toString(), "completed", "route added");
    awaitStatus(command, CommandStatus.COMPLETED);
    var done = fleet.command(command.id());
    assertThat(done.result()).isEqualTo("route added");
    assertThat(done.error()).isNull();
    assertThat(fleet.events(server.id()))
        .last()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("fleet.command.finished");
              assertThat(event.uuid("command_id")).isEqualTo(command.id());
              assertThat(event.text("command_type")).isEqualTo("route_add");
              assertThat(event.text("status")).isEqualTo("completed");
            });
  }

  @Test
  void aSecondStreamReplacesTheFirst() throws Exception {
    var first = agent.openAndGreet();
    var second = agent.openAndGreet();
    assertThat(first.end()).isEqualTo(Code.ABORTED);
    var command = submit(CommandType.APP_BUILD);
    assertThat(second.next().getId()).isEqualTo(command.id().toString());
    agent.heartbeat();
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.ONLINE);
  }

  @Test
  void aResultIsTakenFromTheNextStream() throws Exception {
    var stream = agent.openAndGreet();
    var command = submit(CommandType.APP_BUILD);
    stream.next(COMMAND_TYPE_APP_BUILD);
    stream.breakOff();
    var next = agent.openAndGreet();
    fleet.settleIn(Duration.ZERO);
    next.progress(command.id().toString(), "still building");
    awaitStatus(command, CommandStatus.RUNNING);
    // It was heard of on this stream, so nothing is lost any more.
    fleet.settleLost();
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.RUNNING);
    next.finish(command.id().toString(), "completed", "built");
    awaitStatus(command, CommandStatus.COMPLETED);
  }

  @Test
  void afterALostStreamOnlyWhatIsHarmlessIsSentAgain() throws Exception {
    agent.heartbeat();
    var stream = agent.openAndGreet();
    var route = submit(CommandType.ROUTE_ADD);
    stream.next(COMMAND_TYPE_ROUTE_ADD);
    var build = submit(CommandType.APP_BUILD);
    stream.next(COMMAND_TYPE_APP_BUILD);
    stream.breakOff();
    await(
        "the stream is noted as gone",
        () -> fleet.server(server.id()).status() == ServerStatus.DEGRADED);
    fleet.settleIn(Duration.ZERO);
    assertThat(fleet.status(build)).isEqualTo(CommandStatus.DISPATCHED);
    fleet.settleLost();
    assertThat(fleet.status(build)).isEqualTo(CommandStatus.FAILED);
    assertThat(fleet.command(build.id()).error()).isEqualTo("agent connection lost");
    assertThat(fleet.status(route)).isEqualTo(CommandStatus.PENDING);
    var next = agent.openAndGreet();
    assertThat(next.next(COMMAND_TYPE_ROUTE_ADD).getId()).isEqualTo(route.id().toString());
    // The late end of what was given up changes nothing.
    next.finish(build.id().toString(), "completed", "built after all");
    next.finish(route.id().toString(), "completed", "added");
    awaitStatus(route, CommandStatus.COMPLETED);
    assertThat(fleet.status(build)).isEqualTo(CommandStatus.FAILED);
  }

  @Test
  void commandsExpireAtTheirDeadline() throws Exception {
    var waiting = submit(CommandType.APP_STOP);
    fleet.settleIn(Duration.ofMinutes(9));
    assertThat(fleet.status(waiting)).isEqualTo(CommandStatus.PENDING);
    fleet.settleIn(Duration.ofMinutes(11));
    assertThat(fleet.status(waiting)).isEqualTo(CommandStatus.EXPIRED);

    var stream = agent.openAndGreet();
    var working = submit(CommandType.APP_BUILD);
    stream.next(COMMAND_TYPE_APP_BUILD);
    fleet.settleIn(Duration.ofMinutes(11));
    assertThat(fleet.status(working)).isEqualTo(CommandStatus.EXPIRED);
    var cancel = stream.next(COMMAND_TYPE_CANCEL_COMMAND);
    assertThat(cancel.getPayload().toStringUtf8())
        .isEqualTo("{\"cancel_command_id\":\"" + working.id() + "\"}");
  }

  @Test
  void cancellingStopsWhatWaitsAndAsksForWhatRuns() throws Exception {
    var waiting = submit(CommandType.APP_STOP);
    assertThat(fleet.commands.cancel(fleet.scope, waiting.id())).isTrue();
    assertThat(fleet.status(waiting)).isEqualTo(CommandStatus.CANCELLED);
    assertThat(fleet.commands.cancel(fleet.scope, waiting.id())).isFalse();

    var stream = agent.openAndGreet();
    var working = submit(CommandType.APP_BUILD);
    stream.next(COMMAND_TYPE_APP_BUILD);
    agent.ack(working.id().toString());
    assertThat(fleet.commands.cancel(fleet.scope, working.id())).isTrue();
    assertThat(fleet.commands.cancel(fleet.scope, working.id())).isTrue();
    var cancel = stream.next(COMMAND_TYPE_CANCEL_COMMAND);
    assertThat(stream.commands).as("asked once only").isEmpty();
    stream.finish(working.id().toString(), "cancelled", "cancelled");
    stream.finish(cancel.getId(), "completed", "cancelled cmd=" + working.id());
    awaitStatus(working, CommandStatus.CANCELLED);
  }

  @Test
  void oddResultsHarmNothing() throws Exception {
    var stream = agent.openAndGreet();
    var command = submit(CommandType.APP_BUILD);
    stream.next();
    stream.finish("", "completed", "no id");
    stream.finish("'; drop table fleet_command; --", "completed", "no id");
    stream.finish(Ids.next().toString(), "completed", "nobody's");
    stream.progress(Ids.next().toString(), "nobody's");
    stream.send(
        command.id().toString(), "exploded", ByteString.copyFrom(new byte[(29 << 20)]), true);
    awaitStatus(command, CommandStatus.FAILED);
    assertThat(fleet.command(command.id()).result()).hasSize(AgentText.LARGEST_OUTPUT);
    assertThat(fleet.command(command.id()).error()).hasSizeLessThan(5_000);
  }

  @Test
  void anAgentCanNotEndAnotherServersCommand() throws Exception {
    var other = fleet.enrol("other-" + number);
    var command = submit(CommandType.APP_BUILD);
    var stream = agent.openAndGreet();
    stream.next();
    try (var thief = new ScriptedAgent(fleet.grpc.port(), other)) {
      var theirs = thief.openAndGreet();
      thief.ack(command.id().toString());
      theirs.finish(command.id().toString(), "completed", "stolen");
      var own = fleet.submit(other.id(), CommandType.APP_STOP, "{}");
      theirs.next();
      theirs.finish(own.id().toString(), "completed", "stopped");
      awaitStatus(own, CommandStatus.COMPLETED);
      assertThat(fleet.status(command)).isEqualTo(CommandStatus.DISPATCHED);
    }
  }

  @Test
  void anAgentThatDoesNotReadIsNotFlooded() throws Exception {
    var payload = "{\"x\":\"" + "x".repeat(200_000) + "\"}";
    var stream = agent.openWithoutReading();
    var sent = new ArrayList<String>();
    for (var command = 0; command < 60; command++) {
      sent.add(fleet.submit(server.id(), CommandType.APP_CLONE, payload).id().toString());
    }
    await(
        "the first is dispatched",
        () -> fleet.command(java.util.UUID.fromString(sent.getFirst())).dispatchedAt() != null);
    assertThat(fleet.command(java.util.UUID.fromString(sent.getLast())).status())
        .isEqualTo(CommandStatus.PENDING);
    stream.read();
    stream.next(COMMAND_TYPE_BOOTSTRAP_SECRETS);
    stream.next(COMMAND_TYPE_AGENT_STATUS);
    for (var id : sent) {
      assertThat(stream.next().getId()).isEqualTo(id);
    }
  }

  @Test
  void payloadsAreSealedAndGoneAtTheEnd() throws Exception {
    var command =
        fleet.submit(server.id(), CommandType.APP_DEPLOY, "{\"env_vars\":{\"A\":\"topsecret\"}}");
    assertThat(payload(command)).isNotNull().doesNotContain("topsecret");
    var stream = agent.openAndGreet();
    assertThat(stream.next().getPayload().toStringUtf8()).contains("topsecret");
    stream.finish(command.id().toString(), "completed", "container-id");
    awaitStatus(command, CommandStatus.COMPLETED);
    assertThat(payload(command)).isNull();
  }

  private String payload(Command command) {
    return fleet
        .db
        .read(fleet.scope, () -> fleet.commandRows.find(command.id()))
        .orElseThrow()
        .payload();
  }

  @Test
  void agentsOutliveAnUpdateOfTheBundle() throws Exception {
    agent.heartbeat();
    Stream stream = agent.openAndGreet();
    fleet.stopGateway();
    assertThat(stream.end()).isEqualTo(Code.UNAVAILABLE);
    var command = submit(CommandType.APP_BUILD);
    fleet.startGateway();
    var next = agent.openAndGreet();
    assertThat(next.next().getId()).isEqualTo(command.id().toString());
  }

  @Test
  void nobodyGetsInWhileANodeStops(@TempDir Path folder) throws Exception {
    try (var other = new AnotherNode(fleet, folder);
        var late = new ScriptedAgent(other.grpc.port(), server)) {
      other.stopStreams();
      assertThat(late.open().end()).isEqualTo(Code.UNAVAILABLE);
      assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.INSTALLING);
    }
  }

  @Test
  void aRevokedAgentLosesItsStream() throws Exception {
    var stream = agent.openAndGreet();
    fleet.db.run(
        fleet.scope,
        () -> {
          fleet.servers.removed(server.id());
          fleet.platform.signals().raise("fleet:revoked:" + server.id());
        });
    assertThat(stream.end()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(agent.open().end()).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void tenantsDoNotSeeEachOthersCommands() {
    var command = submit(CommandType.APP_BUILD);
    var stranger = Scope.tenant(Ids.next());
    assertThat(fleet.commands.find(stranger, command.id())).isEmpty();
    assertThat(fleet.commands.cancel(stranger, command.id())).isFalse();
  }
}
