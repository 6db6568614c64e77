package dev.slipway.fleet.resource.command;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.fleet.AppContainers;
import dev.slipway.fleet.AppVolumes;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.service.removal.Removal;
import dev.slipway.fleet.store.removal.OrphanRow;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.wire.PlayedAgent;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.testkit.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandResourceIT {
  private static final AppVolumes NO_VOLUMES = (tenant, id) -> Set.of();

  static TestFleet fleet;
  static Removal removal;
  static int number;
  TestClient owner;
  TestClient member;
  Enrolled server;
  String path;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    removal = fleet.serveRest();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  @BeforeEach
  void enrol() {
    owner = fleet.platform.as(fleet.tenant, Role.OWNER);
    member = fleet.member();
    server = fleet.enrol("command-" + ++number);
    path = "/api/servers/" + server.id();
  }

  private void online() {
    await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
  }

  private static HeartbeatRequest.Builder running(String container) {
    return HeartbeatRequest.newBuilder()
        .addContainers(
            ContainerMetrics.newBuilder()
                .setContainerId("id-" + container)
                .setName(container)
                .setStatus("running"));
  }

  @Test
  void listsCommandsFromTheTable() throws Exception {
    assertThat(member.get(path + "/agent/commands").json().at("/commands").size()).isZero();
    fleet.submit(server.id(), CommandType.APP_BUILD, "{\"token\":\"not to be seen\"}");
    var waiting = member.get(path + "/agent/commands");
    assertThat(waiting.status()).isEqualTo(200);
    assertThat(waiting.at("/commands/0/type")).isEqualTo("COMMAND_TYPE_APP_BUILD");
    assertThat(waiting.at("/commands/0/status")).isEqualTo("pending");
    assertThat(waiting.text()).doesNotContain("not to be seen");
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      agent.refuse("APP_STOP");
      var refused = fleet.submit(server.id(), CommandType.APP_STOP, "{}");
      await("it failed", () -> fleet.status(refused) == CommandStatus.FAILED);
      var all = member.get(path + "/agent/commands").json();
      assertThat(all.at("/commands/0/status").asText()).isEqualTo("failed");
      assertThat(all.at("/commands/0/error").asText()).isEqualTo("refused");
      assertThat(member.get(path + "/agent/commands?limit=1").json().at("/commands").size())
          .isEqualTo(1);
    }
    assertThat(member.get(path + "/agent/commands?limit=201").status()).isEqualTo(400);
    assertThat(fleet.platform.as(Ids.next(), Role.OWNER).get(path + "/agent/commands").status())
        .isEqualTo(404);
  }

  @Test
  void countsAndDrainsWhatWaits() {
    var empty = member.get(path + "/command-queue").json().at("/queue");
    assertThat(empty.at("/depth").asInt()).isZero();
    assertThat(empty.at("/oldest_enqueued_at").isNull()).isTrue();
    assertThat(empty.at("/agent_connected").asBoolean()).isFalse();
    var first = fleet.submit(server.id(), CommandType.APP_BUILD, "{}");
    fleet.submit(server.id(), CommandType.APP_BUILD, "{}");
    fleet.submit(server.id(), CommandType.APP_STOP, "{}");
    var queue = member.get(path + "/command-queue").json().at("/queue");
    assertThat(queue.at("/depth").asInt()).isEqualTo(3);
    assertThat(queue.at("/pending").asInt()).isEqualTo(3);
    assertThat(queue.at("/by_type/COMMAND_TYPE_APP_BUILD").asInt()).isEqualTo(2);
    assertThat(member.post(path + "/command-queue/drain", null).status()).isEqualTo(403);
    assertThat(owner.post(path + "/command-queue/drain", null).json().at("/drained").asInt())
        .isEqualTo(3);
    assertThat(fleet.status(first)).isEqualTo(CommandStatus.CANCELLED);
    assertThat(fleet.eventTypes(server.id()))
        .filteredOn("fleet.command.finished"::equals)
        .hasSize(3);
    assertThat(owner.post(path + "/command-queue/drain", null).json().at("/drained").asInt())
        .isZero();
  }

  @Test
  void cutsAStream() throws Exception {
    assertThat(owner.post(path + "/force-disconnect", null).json().at("/disconnected").asBoolean())
        .isFalse();
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      assertThat(
              owner.post(path + "/force-disconnect", null).json().at("/disconnected").asBoolean())
          .isTrue();
      assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.DEGRADED);
      assertThat(agent.end().name()).isEqualTo("UNAVAILABLE");
    }
    assertThat(member.post(path + "/force-disconnect", null).status()).isEqualTo(403);
  }

  @Test
  void restartsTheAgentOnceIn30Seconds() throws Exception {
    assertThat(owner.post(path + "/agent/restart", null).status()).isEqualTo(422);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      assertThat(member.post(path + "/agent/restart", null).status()).isEqualTo(403);
      var answer = owner.post(path + "/agent/restart", null);
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.json().at("/estimated_reconnect_seconds").asInt()).isEqualTo(5);
      var id = UUID.fromString(answer.at("/command_id"));
      await("it was done", () -> fleet.command(id).status() == CommandStatus.COMPLETED);
      var again = owner.post(path + "/agent/restart", null);
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.at("/code")).isEqualTo("fleet.agent.restart-asked");
    }
  }

  @Test
  void bouncesAContainerThatIsThere() throws Exception {
    var restart = path + "/containers/web/restart";
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      assertThat(owner.post(restart, null).status()).isEqualTo(404);
      agent.beat(running("web"));
      agent.silent("SERVICE_RESTART");
      var answer = owner.post(restart, Map.of("timeout_seconds", 20));
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      assertThat(answer.at("/container_name")).isEqualTo("web");
      assertThat(owner.post(restart, null).status()).isEqualTo(409);
      assertThat(owner.post(restart, Map.of("timeout_seconds", 121)).status()).isEqualTo(400);
      assertThat(owner.post(path + "/containers/..%20x/restart", null).status()).isEqualTo(400);
      assertThat(member.post(restart, null).status()).isEqualTo(403);
    }
    await(
        "its stream is gone",
        () -> !fleet.db.read(fleet.scope, () -> fleet.servers.hasStream(server.id())));
    fleet.submit(server.id(), CommandType.APP_BUILD, "{}");
    assertThat(owner.post(restart, null).status()).isEqualTo(422);
  }

  @Test
  void readsTheAgentsLog() throws Exception {
    assertThat(member.get(path + "/agent/logs").status()).isEqualTo(422);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      agent.answer(
          "AGENT_LOGS",
          "2026-01-02T03:04:05.006Z INFO up\n2026-01-02T03:04:06+0100 host agent[1]: x\nplain");
      var logs = member.get(path + "/agent/logs?lines=5000").json();
      assertThat(logs.at("/unit").asText()).isEqualTo("permanu-agent");
      assertThat(logs.at("/lines/0/timestamp").asText()).isEqualTo("2026-01-02T03:04:05.006Z");
      assertThat(logs.at("/lines/0/message").asText()).isEqualTo("INFO up");
      assertThat(logs.at("/lines/1/timestamp").asText()).isEqualTo("2026-01-02T02:04:06Z");
      assertThat(logs.at("/lines/2/timestamp").isNull()).isTrue();
      assertThat(logs.at("/lines/2/message").asText()).isEqualTo("plain");
      assertThat(member.get(path + "/agent/logs?lines=0").status()).isEqualTo(400);
    }
  }

  @Test
  void aFailedRemovalCanBeTriedAgainAndNoOther() throws Exception {
    assertThat(owner.post(path + "/retry-cleanup", null).status()).isEqualTo(409);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      agent.refuse("UNINSTALL");
      owner.delete(path);
      await("UNINSTALL ended", () -> events("fleet.command.finished"));
      fleet.deliver(removal, server.id());
      assertThat(owner.get(path).at("/server/status")).isEqualTo("cleanup_failed");
      assertThat(owner.get(path).at("/server/status_reason")).isEqualTo("refused");
    }
    await(
        "its stream is gone",
        () -> !fleet.db.read(fleet.scope, () -> fleet.servers.hasStream(server.id())));
    assertThat(owner.post(path + "/retry-cleanup", null).status()).isEqualTo(202);
    assertThat(owner.get(path).status()).isEqualTo(404);
  }

  private boolean events(String type) {
    return fleet.eventTypes(server.id()).contains(type);
  }

  @Test
  void anErasedServerLeavesItsContainersToTheSweeper() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      agent.beat(running("deploy-app-old-1"));
      var erased = owner.delete(path + "/force");
      assertThat(erased.status()).isEqualTo(200);
      assertThat(erased.json().at("/orphans_recorded").asInt()).isEqualTo(1);
      assertThat(agent.end().name()).isEqualTo("UNAUTHENTICATED");
    }
    assertThat(owner.get(path).status()).isEqualTo(404);
    var left = member.get(path + "/orphans").json();
    assertThat(left.at("/orphans/0/name").asText()).isEqualTo("deploy-app-old-1");
    assertThat(left.at("/orphans/0/status").asText()).isEqualTo("pending");
    assertThat(fleet.platform.as(Ids.next(), Role.OWNER).get(path + "/orphans").status())
        .isEqualTo(404);

    // The machine comes back as another server, and what it left is swept there.
    var machine =
        new ServerRow.Machine("command-" + number, "h", null, null, null, null, null, null, null);
    var back = fleet.enrolment.enrol(fleet.tenant, null, Map.of(), "back-" + number, machine);
    assertThat(back.serverId()).isNotEqualTo(server.id());
    assertThat(orphans(back.serverId())).hasSize(1);
    AppContainers nobody = (tenant, id) -> List.of();
    fleet.residents.addContainers(nobody);
    try (var agent =
        new PlayedAgent(fleet.grpc.port(), new Enrolled(back.serverId(), back.secret()))) {
      await("it is online", () -> fleet.server(back.serverId()).status() == ServerStatus.ONLINE);
      fleet.sweeper.run();
      await(
          "it was told",
          () -> fleet.eventTypes(back.serverId()).contains("fleet.command.finished"));
      fleet.deliver(fleet.sweeper, back.serverId());
      assertThat(orphans(back.serverId())).isEmpty();
    } finally {
      fleet.residents.removeContainers(nobody);
    }
  }

  private static List<OrphanRow> orphans(UUID serverId) {
    return fleet.db.read(fleet.scope, () -> fleet.orphanRows.ofServer(serverId));
  }

  private UUID orphan(OrphanRow.Kind kind, String name) {
    var id = Ids.next();
    var row =
        new OrphanRow(
            id,
            fleet.tenant,
            server.id(),
            null,
            kind,
            name,
            null,
            null,
            "test",
            OrphanRow.Status.PENDING,
            0,
            null,
            Instant.now(),
            null,
            Instant.now());
    fleet.db.run(fleet.scope, () -> fleet.orphanRows.add(List.of(row)));
    return id;
  }

  @Test
  void aVolumeThatAnAppHasIsNoLeftover() throws Exception {
    orphan(OrphanRow.Kind.VOLUME, "deploy-vol-kept");
    AppContainers nobody = (tenant, id) -> List.of();
    AppVolumes kept = (tenant, id) -> Set.of("deploy-vol-kept");
    fleet.residents.addContainers(nobody);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      fleet.sweeper.run();
      assertThat(orphans(server.id())).as("while nobody knows").hasSize(1);
      fleet.residents.addVolumes(kept);
      fleet.sweeper.run();
      assertThat(orphans(server.id())).isEmpty();
      assertThat(ended()).as("commands for it").isZero();
    } finally {
      fleet.residents.removeContainers(nobody);
      fleet.residents.removeVolumes(kept);
    }
  }

  @Test
  void whatIsInUseStays() throws Exception {
    orphan(OrphanRow.Kind.CONTAINER, "deploy-app-live-1");
    orphan(OrphanRow.Kind.NETWORK, "deploy-net");
    orphan(OrphanRow.Kind.IMAGE, "deploy-app-live:1");
    orphan(OrphanRow.Kind.VOLUME, "used");
    AppContainers live =
        (tenant, id) ->
            List.of(new AppContainers.AppContainer("deploy-app-live-1", Ids.next(), null));
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      fleet.sweeper.run();
      assertThat(orphans(server.id()))
          .allMatch(orphan -> orphan.status() == OrphanRow.Status.PENDING);
      agent.refuse("VOLUME_REMOVE");
      fleet.residents.addContainers(live);
      fleet.residents.addVolumes(NO_VOLUMES);
      for (var attempt = 1; attempt <= 5; attempt++) {
        var ahead = fleet.sweeperIn(Duration.ofHours(attempt));
        ahead.run();
        var times = attempt;
        await("attempt " + times + " ended", () -> ended() == times);
        fleet.deliver(ahead, server.id());
      }
      assertThat(orphans(server.id()))
          .hasSize(4)
          .allMatch(orphan -> orphan.status() == OrphanRow.Status.FAILED);
      assertThat(orphans(server.id()))
          .extracting(OrphanRow::lastError)
          .containsExactlyInAnyOrder(
              "it is in use", "it is in use", "no agent can remove a single image", "refused");
    }
  }

  @Test
  void aComposeProjectIsLeftAsAWhole() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      var beat = HeartbeatRequest.newBuilder();
      for (var name : List.of("deploy-app-shop-1", "deploy-app-shop-1-db")) {
        beat.addContainers(
            ContainerMetrics.newBuilder()
                .setContainerId("id-" + name)
                .setName(name)
                .setStatus("running")
                .setComposeProject("shop"));
      }
      agent.beat(beat);
      assertThat(owner.delete(path + "/force").json().at("/orphans_recorded").asInt()).isEqualTo(1);
    }
    assertThat(orphans(server.id()))
        .singleElement()
        .matches(orphan -> orphan.kind() == OrphanRow.Kind.COMPOSE_PROJECT)
        .matches(orphan -> orphan.name().equals("shop"));
  }

  @Test
  void aComposeProjectIsSweptUnlessAnAppHasIt() throws Exception {
    orphan(OrphanRow.Kind.COMPOSE_PROJECT, "live");
    orphan(OrphanRow.Kind.COMPOSE_PROJECT, "old");
    var live =
        new AppContainers() {
          @Override
          public List<AppContainer> on(UUID tenant, UUID id) {
            return List.of();
          }

          @Override
          public List<String> projects(UUID tenant, UUID id) {
            return List.of("live");
          }
        };
    fleet.residents.addContainers(live);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      online();
      fleet.sweeper.run();
      assertThat(agent.told("COMPOSE_DOWN")).isEqualTo("{\"project_name\":\"old\"}");
      await("it ended", () -> ended() == 1);
      fleet.deliver(fleet.sweeper, server.id());
    } finally {
      fleet.residents.removeContainers(live);
    }
    assertThat(orphans(server.id()))
        .singleElement()
        .matches(orphan -> orphan.name().equals("live"))
        .matches(orphan -> "it is in use".equals(orphan.lastError()));
  }

  private long ended() {
    return fleet.eventTypes(server.id()).stream().filter("fleet.command.finished"::equals).count();
  }

  @Test
  void aLeftoverCanBeTakenOutOfTheQueue() {
    var id = orphan(OrphanRow.Kind.VOLUME, "mine");
    assertThat(member.delete(path + "/orphans/" + id).status()).isEqualTo(403);
    assertThat(owner.delete(path + "/orphans/" + id).status()).isEqualTo(204);
    assertThat(owner.delete(path + "/orphans/" + id).status()).isEqualTo(404);
    assertThat(member.get(path + "/orphans").json().at("/orphans").size()).isZero();
  }
}
