package dev.slipway.fleet.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.fleet.CommandRequest;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.service.Secret;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.store.server.NodeStore.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandServiceIT {
  static TestFleet fleet;
  static int number;
  Enrolled server;

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
  }

  CommandRequest request() {
    return CommandRequest.of(
        server.id(), CommandType.APP_BUILD, "{}", "test", Duration.ofMinutes(1));
  }

  @Test
  void oneKeyIsOneCommand() {
    var first = fleet.commands.submit(fleet.scope, request().once("build-1"));
    var second = fleet.commands.submit(fleet.scope, request().once("build-1"));
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(fleet.commands.submit(fleet.scope, request().once("build-2")).id())
        .isNotEqualTo(first.id());
    // Another tenant has keys of its own.
    var tenant = Ids.next();
    var other = fleet.enrol(tenant, "other");
    var theirs =
        CommandRequest.of(other.id(), CommandType.APP_BUILD, "{}", "test", Duration.ofMinutes(1))
            .once("build-1");
    assertThat(fleet.commands.submit(Scope.tenant(tenant), theirs).id()).isNotEqualTo(first.id());
  }

  @Test
  void aRolledBackUnitSubmitsNothing() {
    var id = new UUID[1];
    assertThatThrownBy(
            () ->
                fleet.db.run(
                    fleet.scope,
                    () -> {
                      id[0] = fleet.commands.submit(fleet.scope, request()).id();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(fleet.commands.find(fleet.scope, id[0])).isEmpty();
  }

  @Test
  void whatAnAgentDoesNotTakeIsRefusedAtOnce() {
    fleet.submit(server.id(), CommandType.COMPOSE_UP, "{}");
    fleet.presence.described(
        fleet.tenant, server.id(), "{\"runtime\":\"process\",\"commands\":[99,null,115]}");
    fleet.submit(server.id(), CommandType.AGENT_PING, "{}");
    for (var type :
        List.of(
            CommandType.COMPOSE_UP,
            CommandType.SWARM_STACK_DEPLOY,
            CommandType.COMPOSE_LOGS,
            CommandType.BACKUP_CREATE,
            CommandType.BACKUP_VERIFY,
            CommandType.CERT_ROTATE,
            CommandType.CI_JOB,
            CommandType.DWAAR_CONFIG_PATCH)) {
      assertThatThrownBy(() -> fleet.submit(server.id(), type, "{}"))
          .isInstanceOfSatisfying(
              PlatformException.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo(FleetError.COMMAND_UNSUPPORTED);
                assertThat(refusal.code().kind().status()).isEqualTo(422);
                assertThat(refusal).hasMessageContaining(type.name().toLowerCase(Locale.ROOT));
              });
    }
    fleet.presence.described(
        fleet.tenant, server.id(), "{\"runtime\":\"docker\",\"commands\":[99,151,160]}");
    fleet.submit(server.id(), CommandType.SWARM_STACK_DEPLOY, "{}");
    fleet.submit(server.id(), CommandType.DWAAR_CONFIG_PATCH, "{}");
    assertThatThrownBy(() -> fleet.submit(server.id(), CommandType.SWARM_SERVICE_ROLLBACK, "{}"))
        .hasMessageContaining("swarm_service_rollback");
    // The published agent does not say what it takes.
    fleet.presence.described(fleet.tenant, server.id(), "{\"runtime\":\"rust\"}");
    fleet.submit(server.id(), CommandType.COMPOSE_UP, "{}");
  }

  @Test
  void aStreamWhoseSecretBecameVoidWhileItWaitedDoesNotOpen() {
    var hash = Secret.hash(server.secret());
    fleet.db.run(fleet.scope, () -> fleet.servers.credentials(server.id(), "other", "none"));
    var stream = Ids.next();
    assertThatThrownBy(
            () -> fleet.presence.opened(fleet.tenant, server.id(), hash, stream, Ids.next()))
        .hasMessageContaining("credentials");
    assertThat(fleet.db.read(fleet.scope, () -> fleet.servers.hasStream(server.id()))).isFalse();
    fleet.presence.opened(fleet.tenant, server.id(), "other", stream, Ids.next());
    assertThat(fleet.db.read(fleet.scope, () -> fleet.servers.hasStream(server.id()))).isTrue();
  }

  @Test
  void onlyTheCurrentStreamMayClaim() {
    var command = fleet.commands.submit(fleet.scope, request());
    var older = Ids.next();
    var newer = Ids.next();
    fleet.presence.opened(
        fleet.tenant, server.id(), Secret.hash(server.secret()), older, Ids.next());
    fleet.presence.opened(
        fleet.tenant, server.id(), Secret.hash(server.secret()), newer, Ids.next());
    assertThat(fleet.flow.claim(fleet.tenant, server.id(), older, 10)).isEmpty();
    var claimed = fleet.flow.claim(fleet.tenant, server.id(), newer, 10);
    assertThat(claimed)
        .extracting(CommandFlow.Outgoing::command)
        .singleElement()
        .satisfies(found -> assertThat(found.id()).isEqualTo(command.id()));
    assertThat(fleet.flow.claim(fleet.tenant, server.id(), newer, 10)).isEmpty();
    // The end of the older stream does not concern the newer one.
    fleet.presence.closed(List.of(new Held(server.id(), older)));
    fleet.settleLost();
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.DISPATCHED);
  }

  @Test
  void whatWasClaimedButNotWrittenIsPendingAgain() {
    var command = fleet.commands.submit(fleet.scope, request());
    var stream = Ids.next();
    fleet.presence.opened(
        fleet.tenant, server.id(), Secret.hash(server.secret()), stream, Ids.next());
    var claimed = fleet.flow.claim(fleet.tenant, server.id(), stream, 10).getFirst();
    fleet.flow.unsent(claimed.command());
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.PENDING);
  }

  @Test
  void aCrashedNodeLeavesNoCommandRunning() {
    var node = Ids.next();
    var command = fleet.commands.submit(fleet.scope, request());
    var stream = Ids.next();
    fleet.presence.opened(fleet.tenant, server.id(), Secret.hash(server.secret()), stream, node);
    fleet.flow.claim(fleet.tenant, server.id(), stream, 10);
    fleet.flow.acknowledged(fleet.tenant, server.id(), command.id());
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.RUNNING);
    fleet.presence.nodeLost(node);
    fleet.settleLost();
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.FAILED);
    assertThat(fleet.command(command.id()).error()).isEqualTo(SettleCommands.LOST);
  }

  @Test
  void aCommandThatWasToBeCancelledIsCancelledWhenItsStreamIsLost() {
    var command = fleet.commands.submit(fleet.scope, request());
    var stream = Ids.next();
    var node = Ids.next();
    fleet.presence.opened(fleet.tenant, server.id(), Secret.hash(server.secret()), stream, node);
    fleet.flow.claim(fleet.tenant, server.id(), stream, 10);
    assertThat(fleet.commands.cancel(fleet.scope, command.id())).isTrue();
    fleet.presence.nodeLost(node);
    fleet.settleLost();
    assertThat(fleet.status(command)).isEqualTo(CommandStatus.CANCELLED);
  }

  @Test
  void refusesServersThatAreNotThere() {
    var nobody =
        CommandRequest.of(Ids.next(), CommandType.EXEC, "{}", "test", Duration.ofMinutes(1));
    assertThatThrownBy(() -> fleet.commands.submit(fleet.scope, nobody))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(FleetError.SERVER_NOT_FOUND));
    assertThatThrownBy(() -> fleet.commands.submit(Scope.tenant(Ids.next()), request()))
        .isInstanceOf(PlatformException.class);
    fleet.db.run(fleet.scope, () -> fleet.servers.removing(server.id(), Ids.next()));
    assertThatThrownBy(() -> fleet.commands.submit(fleet.scope, request()))
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(FleetError.BEING_REMOVED));
  }

  @Test
  void oldCommandsGo() {
    var command = fleet.commands.submit(fleet.scope, request());
    fleet.commands.cancel(fleet.scope, command.id());
    var everyone = Scope.platform("test");
    fleet.db.run(everyone, () -> fleet.commandRows.purge(Instant.now().minusSeconds(60)));
    assertThat(fleet.commands.find(fleet.scope, command.id())).isPresent();
    fleet.db.run(everyone, () -> fleet.commandRows.purge(Instant.now().plusSeconds(60)));
    assertThat(fleet.commands.find(fleet.scope, command.id())).isEmpty();
  }
}
