package dev.slipway.fleet.wire;

import static dev.slipway.fleet.service.TestFleet.await;
import static dev.slipway.proto.agent.v1.CommandType.COMMAND_TYPE_AGENT_STATUS;
import static dev.slipway.proto.agent.v1.CommandType.COMMAND_TYPE_BOOTSTRAP_SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.fleet.AppContainers;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.ServerRoutes;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.proto.agent.v1.CommandAck;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.DownloadAgentBinaryRequest;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.ListServerRoutesRequest;
import dev.slipway.proto.agent.v1.LogBatch;
import dev.slipway.proto.agent.v1.SystemMetrics;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentGatewayIT {
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
  void theStreamOpensAtOnceWithTheGreeting() throws Exception {
    var stream = agent.open();
    stream.headers.get(10, TimeUnit.SECONDS);
    var first = stream.next(COMMAND_TYPE_BOOTSTRAP_SECRETS);
    assertThat(first.getPayload().toStringUtf8()).isEqualTo("{}");
    var second = stream.next(COMMAND_TYPE_AGENT_STATUS);
    agent.ack(second.getId());
    stream.finish(
        second.getId(),
        "completed",
        "{\"runtime\":\"process\",\"edge_url\":\"http://127.0.0.1:8000\",\"public_host\":\"localhost\"}");
    await(
        "the server is described",
        () -> fleet.server(server.id()).runtime() == ServerRuntime.PROCESS);
    assertThat(fleet.server(server.id()).edgeUrl()).isEqualTo("http://127.0.0.1:8000");
    assertThat(fleet.server(server.id()).publicHost()).isEqualTo("localhost");
  }

  @Test
  void aDescriptionThatMakesNoSenseIsLeftOut() throws Exception {
    var stream = agent.open();
    stream.next(COMMAND_TYPE_BOOTSTRAP_SECRETS);
    var question = stream.next(COMMAND_TYPE_AGENT_STATUS);
    stream.finish(
        question.getId(),
        "completed",
        "{\"runtime\":\"rust\",\"edge_url\":\"file:///etc/passwd\",\"public_host\":\"a b\"}");
    await(
        "the server is described",
        () -> fleet.server(server.id()).runtime() == ServerRuntime.DOCKER);
    assertThat(fleet.server(server.id()).edgeUrl()).isNull();
    assertThat(fleet.server(server.id()).publicHost()).isNull();
  }

  @Test
  void onlyTheRightSecretOpensAnything() throws Exception {
    var port = fleet.grpc.port();
    var id = server.id().toString();
    try (var wrong = new ScriptedAgent(port, id, server.secret() + "x");
        var unknown = new ScriptedAgent(port, Ids.next().toString(), server.secret());
        var malformed = new ScriptedAgent(port, "' or 1=1 --", server.secret());
        var silent = new ScriptedAgent(port, id, null)) {
      for (var stranger : List.of(wrong, unknown, malformed, silent)) {
        assertThat(ScriptedAgent.code(stranger::heartbeat)).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(stranger.open().end()).isEqualTo(Code.UNAUTHENTICATED);
        assertThat(
                ScriptedAgent.code(
                    () ->
                        stranger
                            .blocking()
                            .downloadAgentBinary(DownloadAgentBinaryRequest.getDefaultInstance())
                            .hasNext()))
            .isEqualTo(Code.UNAUTHENTICATED);
      }
    }
    agent.heartbeat();
    fleet.db.run(fleet.scope, () -> fleet.servers.removed(server.id()));
    assertThat(ScriptedAgent.code(agent::heartbeat)).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void aMessageMustNameTheServerOfTheCredentials() {
    var other = Ids.next().toString();
    assertThat(
            ScriptedAgent.code(
                () ->
                    agent
                        .blocking()
                        .ackCommand(CommandAck.newBuilder().setServerId(other).build())))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(
            ScriptedAgent.code(
                () ->
                    agent
                        .blocking()
                        .listServerRoutes(
                            ListServerRoutesRequest.newBuilder().setServerId(other).build())))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(pushCode(LogBatch.newBuilder().setServerId(other).build()))
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  private Code pushCode(LogBatch batch) {
    try {
      agent.pushLogs(batch);
      return Code.OK;
    } catch (ExecutionException refused) {
      return ((StatusRuntimeException) refused.getCause()).getStatus().getCode();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void aProgramThatNobodyOffersIsNotFound() {
    assertThat(
            ScriptedAgent.code(
                () ->
                    agent
                        .blocking()
                        .downloadAgentBinary(DownloadAgentBinaryRequest.getDefaultInstance())
                        .hasNext()))
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void theStatusFollowsHeartbeatsAndStream() throws Exception {
    assertThat(agent.heartbeat().getHeartbeatIntervalSeconds()).isEqualTo(30);
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.INSTALLING);
    var stream = agent.openAndGreet();
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.ONLINE);
    stream.breakOff();
    await("it is degraded", () -> fleet.server(server.id()).status() == ServerStatus.DEGRADED);
    fleet.sweepIn(Duration.ofSeconds(80));
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.DEGRADED);
    fleet.offlineIn(Duration.ofSeconds(91), server.id());
    assertThat(fleet.server(server.id()).statusReason()).isEqualTo("three heartbeats stayed away");
    // One sign of life is none yet: a second heartbeat settles it.
    agent.heartbeat();
    agent.openAndGreet();
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.DEGRADED);
    assertThat(fleet.server(server.id()).statusReason()).isEqualTo("heard again after a silence");
    agent.heartbeat();
    fleet.sweepIn(Duration.ofSeconds(80));
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.ONLINE);
    assertThat(fleet.server(server.id()).statusReason()).isNull();
    quarantine(true);
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.QUARANTINED);
    assertThat(fleet.server(server.id()).statusReason()).isEqualTo("disk is full");
    fleet.offlineIn(Duration.ofSeconds(91), server.id());
    agent.heartbeat();
    agent.heartbeat();
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.ONLINE);
    quarantine(true);
    quarantine(false);
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.ONLINE);
    assertThat(fleet.eventTypes(server.id()))
        .containsExactly(
            "fleet.server.online",
            "fleet.server.degraded",
            "fleet.server.offline",
            "fleet.server.degraded",
            "fleet.server.online",
            "fleet.server.quarantined",
            "fleet.server.offline",
            "fleet.server.degraded",
            "fleet.server.online",
            "fleet.server.quarantined",
            "fleet.server.online");
  }

  private void quarantine(boolean on) {
    agent
        .blocking()
        .heartbeat(
            HeartbeatRequest.newBuilder()
                .setAgentQuarantined(on)
                .setQuarantineReason(on ? "disk is full" : "")
                .build());
  }

  @Test
  void aHeartbeatIsKeptAndAnsweredWithAllAppContainers() {
    var app = Ids.next();
    AppContainers mapping =
        (tenant, id) -> List.of(new AppContainers.AppContainer("deploy-app-shop-1", app, null));
    fleet.knowledge.addContainers(mapping);
    var beat =
        HeartbeatRequest.newBuilder()
            .setAgentVersion("0.1.0\0")
            .setDockerReachable(true)
            .setSystem(
                SystemMetrics.newBuilder()
                    .setOsInfo("Linux")
                    .setArch("x86_64")
                    .setCpuCores(8)
                    .setMemoryTotalMb(16_000)
                    .setMemoryAvailableMb(12_000))
            .addContainers(
                ContainerMetrics.newBuilder().setName("deploy-app-shop-1").setStatus("running"))
            .build();
    assertThat(agent.blocking().heartbeat(beat).getAppContainersList())
        .singleElement()
        .satisfies(
            known -> {
              assertThat(known.getContainerName()).isEqualTo("deploy-app-shop-1");
              assertThat(known.getAppId()).isEqualTo(app.toString());
            });
    // While the bundle that knows is being updated the agent must not forget.
    fleet.knowledge.removeContainers(mapping);
    assertThat(agent.blocking().heartbeat(beat).getAppContainersList()).hasSize(1);
    AppContainers broken =
        (tenant, id) -> {
          throw new IllegalStateException("broken on purpose");
        };
    fleet.knowledge.addContainers(broken);
    assertThat(agent.blocking().heartbeat(beat).getAppContainersList()).hasSize(1);
    fleet.knowledge.removeContainers(broken);
    var row = fleet.server(server.id());
    assertThat(row.cpuCores()).isEqualTo(8);
    assertThat(row.agentVersion()).isEqualTo("0.1.0\ufffd");
    assertThat(row.memoryTotalMb()).isEqualTo(16_000);
    var snapshot =
        fleet.db.read(fleet.scope, () -> fleet.servers.snapshot(server.id())).orElseThrow();
    assertThat(snapshot.system()).containsEntry("memory_available_mb", 12_000);
    assertThat(snapshot.containers()).hasSize(1);
  }

  @Test
  void ofACalmServerTheNumbersAreTakenInAndTroubleIsNot() throws Exception {
    agent.openAndGreet();
    for (var used = 1_000; used <= 4_000; used += 1_000) {
      agent.blocking().heartbeat(numbers(used, 100));
      var snapshot =
          fleet.db.read(fleet.scope, () -> fleet.servers.snapshot(server.id())).orElseThrow();
      assertThat(snapshot.system()).containsEntry("memory_used_mb", used);
      assertThat(snapshot.containers().toString()).contains("memory_used_mb=" + used);
    }
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.ONLINE);
    agent.blocking().heartbeat(numbers(4_000, 9_900));
    await(
        "a full disk is an alert",
        () ->
            fleet.events(server.id()).stream()
                .anyMatch(event -> event.type().equals("fleet.alert.fired")));
    var quarantined = numbers(4_000, 100).toBuilder().setAgentQuarantined(true).build();
    agent.blocking().heartbeat(quarantined);
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.QUARANTINED);
    agent.blocking().heartbeat(numbers(5_000, 100));
    assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.ONLINE);
  }

  private static HeartbeatRequest numbers(int used, int diskUsed) {
    return HeartbeatRequest.newBuilder()
        .setDockerReachable(true)
        .setSystem(
            SystemMetrics.newBuilder()
                .setMemoryTotalMb(16_000)
                .setMemoryUsedMb(used)
                .setDiskTotalMb(10_000)
                .setDiskUsedMb(diskUsed))
        .addContainers(
            ContainerMetrics.newBuilder()
                .setContainerId("c1")
                .setName("web")
                .setStatus("running")
                .setMemoryUsedMb(used))
        .build();
  }

  @Test
  void outputReachesConsumersInOrderAndMasked() throws Exception {
    fleet.platform.secrets().protect("hunter2-hunter2");
    var heard = new Heard();
    fleet.outputs.addConsumer(heard);
    try {
      var stream = agent.openAndGreet();
      var command = submit(CommandType.APP_BUILD);
      stream.next();
      for (var line = 0; line < 200; line++) {
        stream.progress(command.id().toString(), "line " + line + " hunter2-hunter2\n");
      }
      stream.finish(command.id().toString(), "failed", "exit 1 with hunter2-hunter2");
      awaitStatus(command, CommandStatus.FAILED);
      await("all is heard", () -> heard.chunks.size() == 200);
      assertThat(heard.chunks.get(0)).isEqualTo("line 0 ***\n");
      assertThat(heard.chunks.get(199)).isEqualTo("line 199 ***\n");
      assertThat(fleet.command(command.id()).error()).isEqualTo("exit 1 with ***");
    } finally {
      fleet.outputs.removeConsumer(heard);
    }
  }

  @Test
  void logsAreAlwaysAcceptedAndMended() throws Exception {
    var heard = new Heard();
    fleet.outputs.addConsumer(heard);
    try {
      var app = Ids.next();
      var batch =
          LogBatch.newBuilder()
              .setServerId(server.id().toString())
              .addEntries(
                  dev.slipway.proto.agent.v1.LogEntry.newBuilder()
                      .setTimestampNs(1_500_000_000_123_456_789L)
                      .setSource("app:x")
                      .setLevel("ERROR")
                      .setMessage("a\0b")
                      .setAppId(app.toString())
                      .putFields("stream", "stderr"))
              .addEntries(
                  dev.slipway.proto.agent.v1.LogEntry.newBuilder()
                      .setLevel("loud")
                      .setMessage("x".repeat(100_000))
                      .setAppId("not an id"))
              .build();
      var ack = agent.pushLogs(batch);
      assertThat(ack.getAccepted()).isTrue();
      assertThat(ack.getReceivedCount()).isEqualTo(2);
      await("both are heard", () -> heard.lines.size() == 2);
      var first = heard.lines.get(0);
      assertThat(first.message()).isEqualTo("a\ufffdb");
      assertThat(first.level()).isEqualTo("error");
      assertThat(first.appId()).isEqualTo(app);
      assertThat(first.timestamp()).isEqualTo("2017-07-14T02:40:00.123456789Z");
      assertThat(first.fields()).containsEntry("stream", "stderr");
      var second = heard.lines.get(1);
      assertThat(second.level()).isEqualTo("info");
      assertThat(second.appId()).isNull();
      assertThat(second.message()).hasSize(AgentText.LONGEST_LINE);
    } finally {
      fleet.outputs.removeConsumer(heard);
    }
  }

  @Test
  void routesComeFromWhoeverKnowsThem() {
    var app = Ids.next();
    ServerRoutes routes =
        (tenant, id) ->
            List.of(
                new ServerRoutes.Route(
                    "shop.test", "deploy-app-shop-1", 3000, app, null, List.of()));
    fleet.knowledge.addRoutes(routes);
    try {
      var request =
          ListServerRoutesRequest.newBuilder().setServerId(server.id().toString()).build();
      assertThat(agent.blocking().listServerRoutes(request).getRoutesList())
          .singleElement()
          .satisfies(route -> assertThat(route.getDomain()).isEqualTo("shop.test"));
    } finally {
      fleet.knowledge.removeRoutes(routes);
    }
  }
}
