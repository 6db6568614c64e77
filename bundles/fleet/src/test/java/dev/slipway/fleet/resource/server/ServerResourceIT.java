package dev.slipway.fleet.resource.server;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.fleet.CommandStatus;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.resource.LogTail;
import dev.slipway.fleet.resource.SseEvent;
import dev.slipway.fleet.resource.TestFleetCaller;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.service.removal.Removal;
import dev.slipway.fleet.store.server.ServerRow;
import dev.slipway.fleet.wire.PlayedAgent;
import dev.slipway.testkit.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerResourceIT {
  static TestFleet fleet;
  static Removal removal;
  static int number;
  TestClient owner;
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
    server = fleet.enrol("rest-" + ++number);
    path = "/api/servers/" + server.id();
  }

  @Test
  void showsOneServer() {
    var answer = owner.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/server/name")).isEqualTo("rest-" + number);
    assertThat(answer.at("/server/status")).isEqualTo("installing");
    assertThat(answer.at("/server/my_role")).isEqualTo("admin");
    assertThat(answer.json().at("/server/is_cordoned").asBoolean()).isFalse();
    assertThat(answer.json().at("/server/labels").isObject()).isTrue();
    assertThat(answer.text()).doesNotContain("hash").doesNotContain(server.secret());
    var member = fleet.platform.as(fleet.tenant, Role.USER);
    assertThat(member.get(path).at("/server/my_role")).isEqualTo("viewer");
  }

  @Test
  void anotherTenantSeesNothing() {
    var stranger = fleet.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.get("/api/servers").json().at("/total").asInt()).isZero();
    assertThat(stranger.patch(path, Map.of("name", "mine")).status()).isEqualTo(404);
    assertThat(stranger.delete(path).status()).isEqualTo(404);
    assertThat(stranger.get(path + "/agent/status").status()).isEqualTo(404);
    assertThat(stranger.post(path + "/agent/ping", null).status()).isEqualTo(404);
    assertThat(stranger.get(path + "/events/stream").status()).isEqualTo(404);
    assertThat(fleet.platform.anonymous().get(path).status()).isEqualTo(401);
    var member = fleet.platform.as(fleet.tenant, Role.USER);
    assertThat(member.patch(path, Map.of("name", "mine")).status()).isEqualTo(403);
    assertThat(member.delete(path).status()).isEqualTo(403);
  }

  @Test
  void listsByWhatIsAskedFor() {
    var tenant = Ids.next();
    var client = fleet.platform.as(tenant, Role.USER);
    for (var name : new String[] {"web-1", "web-2", "db_1", "100%"}) {
      fleet.enrol(tenant, name);
    }
    assertThat(client.get("/api/servers").json().at("/total").asInt()).isEqualTo(4);
    var page = client.get("/api/servers?limit=2&offset=3").json();
    assertThat(page.at("/servers")).hasSize(1);
    assertThat(page.at("/total").asInt()).isEqualTo(4);
    assertThat(names(client, "search=WEB")).isEqualTo("web-1 web-2");
    assertThat(names(client, "search=b_1")).isEqualTo("db_1");
    assertThat(names(client, "search=0%25")).isEqualTo("100%");
    assertThat(names(client, "status=installing&search=db")).isEqualTo("db_1");
    assertThat(names(client, "status=online")).isEmpty();
    assertThat(names(client, "label=zone=a")).isEmpty();
    assertThat(names(client, "pool_id=" + Ids.next())).isEmpty();
    assertThat(client.get("/api/servers?label=zone").fields()).containsExactly("label");
    assertThat(client.get("/api/servers?status=asleep").status()).isEqualTo(400);
    assertThat(client.get("/api/servers?limit=201").status()).isEqualTo(400);
  }

  private static String names(TestClient client, String query) {
    var names = client.get("/api/servers?" + query).json().at("/servers").findValuesAsText("name");
    return String.join(" ", names);
  }

  @Test
  void editsDescriptiveFields() {
    var answer =
        owner.patch(path, Map.of("description", "in the cellar", "monthly_cost_cents", 4900));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/server/description")).isEqualTo("in the cellar");
    assertThat(answer.json().at("/server/monthly_cost_cents").asInt()).isEqualTo(4900);
    var cleared = new HashMap<String, Object>();
    cleared.put("description", null);
    var second = owner.patch(path, cleared);
    assertThat(second.json().at("/server/description").isNull()).isTrue();
    assertThat(second.at("/server/name")).isEqualTo("rest-" + number);
    assertThat(second.json().at("/server/monthly_cost_cents").asInt()).isEqualTo(4900);
    fleet.enrol("taken-" + number);
    var clash = owner.patch(path, Map.of("name", "TAKEN-" + number));
    assertThat(clash.status()).isEqualTo(409);
    assertThat(clash.at("/code")).isEqualTo("fleet.server.name-taken");
    assertThat(owner.patch(path, Map.of("name", " ")).status()).isEqualTo(400);
    assertThat(owner.patch(path, Map.of("monthly_cost_cents", -1)).status()).isEqualTo(400);
    assertThat(owner.patch(path, Map.of("status", "online")).status()).isEqualTo(400);
    cleared.clear();
    cleared.put("name", null);
    assertThat(owner.patch(path, cleared).status()).isEqualTo(400);
  }

  @Test
  void anOfflineAgentIsNoErrorToLookAtButOneToPing() {
    var look = owner.get(path + "/agent/status");
    assertThat(look.status()).isEqualTo(200);
    assertThat(look.json().at("/live").isNull()).isTrue();
    assertThat(look.at("/live_probe_error")).isEqualTo("The agent is offline.");
    assertThat(look.at("/db/status")).isEqualTo("unknown");
    var ping = owner.post(path + "/agent/ping", null);
    assertThat(ping.status()).isEqualTo(422);
    assertThat(ping.at("/code")).isEqualTo("fleet.agent.offline");
  }

  @Test
  void asksALiveAgent() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      var look = owner.get(path + "/agent/status");
      assertThat(look.at("/live_probe_error")).isIn("", "null");
      assertThat(look.at("/live/agent_version")).isEqualTo("played/1");
      assertThat(look.json().at("/live/docker_reachable").asBoolean()).isTrue();
      assertThat(look.json().at("/live/disk_free_bytes").asLong()).isEqualTo(60L << 20);
      assertThat(look.json().at("/live/memory_free_bytes").asLong()).isEqualTo(512L << 20);
      assertThat(look.at("/db/status")).isEqualTo("online");
      var ping = owner.post(path + "/agent/ping", null);
      assertThat(ping.status()).isEqualTo(200);
      assertThat(ping.json().at("/rtt_ms").asDouble()).isPositive();
      assertThat(Math.abs(ping.json().at("/clock_skew_ms").asDouble())).isLessThan(30_000);
      assertThat(ping.at("/agent_time")).endsWith("Z");
      agent.answerNonsense();
      assertThat(owner.post(path + "/agent/ping", null).at("/code"))
          .isEqualTo("fleet.agent.unreadable");
    }
  }

  @Test
  void aConnectedServerIsRemovedOnceItsAgentSaysSo() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      agent.silent("APP_BUILD");
      var build = fleet.submit(server.id(), CommandType.APP_BUILD, "{}");
      var answer = owner.delete(path);
      assertThat(answer.status()).isEqualTo(202);
      var operation = UUID.fromString(answer.at("/operation_id"));
      assertThat(owner.delete(path).at("/operation_id")).isEqualTo(operation.toString());
      await(
          "UNINSTALL ended",
          () -> fleet.eventTypes(server.id()).contains("fleet.command.finished"));
      fleet.deliver(removal, server.id());
      assertThat(owner.get(path).status()).isEqualTo(404);
      assertThat(fleet.operations.get(TestFleetCaller.of(fleet.tenant), operation).status().name())
          .isEqualTo("SUCCEEDED");
      assertThat(fleet.status(build)).isEqualTo(CommandStatus.FAILED);
      assertThat(fleet.command(build.id()).error()).isEqualTo("the server was removed");
      assertThat(agent.end().name()).isEqualTo("UNAUTHENTICATED");
      // A second delivery of the same event changes nothing.
      fleet.deliver(removal, server.id());
      assertThat(fleet.eventTypes(server.id())).containsOnlyOnce("fleet.server.deleted");
    }
  }

  @Test
  void whoeverHasAStreamIsToldToGoWhateverItsStatus() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      fleet.offlineIn(Duration.ofMinutes(5), server.id());
      assertThat(owner.delete(path).status()).isEqualTo(202);
      assertThat(fleet.server(server.id()).status()).isEqualTo(ServerStatus.DEPROVISIONING);
      await(
          "UNINSTALL ended",
          () -> fleet.eventTypes(server.id()).contains("fleet.command.finished"));
      fleet.deliver(removal, server.id());
      assertThat(owner.get(path).status()).isEqualTo(404);
      assertThat(agent.end().name()).isEqualTo("UNAUTHENTICATED");
    }
  }

  @Test
  void ofAGoneTenantEveryServerIsTakenOut() throws Exception {
    var gone = Ids.next();
    var scope = Scope.tenant(gone);
    var near = fleet.enrol(gone, "near");
    var far = fleet.enrol(gone, "far");
    try (var agent = new PlayedAgent(fleet.grpc.port(), near)) {
      await(
          "it is online",
          () -> found(scope, near.id()).orElseThrow().status() == ServerStatus.ONLINE);
      var event =
          new StoredEvent(
              Ids.next(), "1", "accounts.tenant.deleted", null, gone, Instant.now(), Map.of());
      removal.on(event);
      removal.on(event);
      assertThat(found(scope, far.id())).isEmpty();
      assertThat(found(fleet.scope, server.id())).as("of another").isPresent();
      await("its agent was told to go", () -> heard(scope, near.id()) != null);
      removal.on(heard(scope, near.id()));
      assertThat(found(scope, near.id())).isEmpty();
      assertThat(agent.end().name()).isEqualTo("UNAUTHENTICATED");
    }
  }

  static Optional<ServerRow> found(Scope scope, UUID id) {
    return fleet.db.read(scope, () -> fleet.servers.find(id));
  }

  static @Nullable StoredEvent heard(Scope scope, UUID id) {
    return fleet.platform.events().after(scope, EventFilter.subject(id), null, 100).stream()
        .filter(event -> event.type().equals("fleet.command.finished"))
        .findFirst()
        .orElse(null);
  }

  @Test
  void anAgentThatRefusesToGoLeavesAServerToTryAgain() throws Exception {
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      agent.refuse("UNINSTALL");
      var operation = UUID.fromString(owner.delete(path).at("/operation_id"));
      await(
          "UNINSTALL ended",
          () -> fleet.eventTypes(server.id()).contains("fleet.command.finished"));
      fleet.deliver(removal, server.id());
      assertThat(owner.get(path).at("/server/status")).isEqualTo("cleanup_failed");
      var failed = fleet.operations.get(TestFleetCaller.of(fleet.tenant), operation);
      assertThat(failed.status().name()).isEqualTo("FAILED");
      assertThat(failed.error()).isEqualTo("refused");
    }
    await(
        "its stream is gone",
        () -> !fleet.db.read(fleet.scope, () -> fleet.servers.hasStream(server.id())));
    assertThat(owner.delete(path).status()).isEqualTo(202);
    assertThat(owner.get(path).status()).isEqualTo(404);
  }

  @Test
  void anUnconnectedServerIsRemovedAtOnce() {
    fleet.submit(server.id(), CommandType.APP_BUILD, "{}");
    var operation = UUID.fromString(owner.delete(path).at("/operation_id"));
    assertThat(owner.get(path).status()).isEqualTo(404);
    assertThat(fleet.operations.get(TestFleetCaller.of(fleet.tenant), operation).status().name())
        .isEqualTo("SUCCEEDED");
    // Its name is free again.
    fleet.enrol("rest-" + number);
  }

  @Test
  void followsEventsAndHeartbeatsFromTheLastSeen() throws Exception {
    String seen;
    try (var tail = new LogTail(fleet.platform.signals(), server.id());
        var stream = owner.stream(path + "/events/stream");
        var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      var first = SseEvent.each(stream, "heartbeat", "status");
      var heartbeat = first.get("heartbeat");
      assertThat(heartbeat.data().at("/type").asText()).isEqualTo("heartbeat");
      assertThat(heartbeat.data().at("/payload/memory_total_mb").asLong()).isEqualTo(1024);
      var online = first.get("status");
      assertThat(online.data().at("/payload/status").asText()).isEqualTo("online");
      assertThat(online.data().at("/server_id").asText()).isEqualTo(server.id().toString());
      seen = online.id();
      var command = fleet.submit(server.id(), CommandType.ROUTE_LIST, "{}");
      var finished = SseEvent.next(stream, "command");
      assertThat(finished.data().at("/payload/command_id").asText())
          .isEqualTo(command.id().toString());
    }
    try (var tail = new LogTail(fleet.platform.signals(), server.id());
        var again = owner.with("Last-Event-ID", seen).stream(path + "/events/stream")) {
      assertThat(SseEvent.next(again, "command").data().at("/payload/command_type").asText())
          .isEqualTo("route_list");
    }
    assertThat(owner.with("Last-Event-ID", "nonsense").get(path + "/events/stream").status())
        .isEqualTo(400);
  }

  @Test
  void picksTheIdlestServerThatAccepts() throws Exception {
    var tenant = Ids.next();
    var scope = Scope.tenant(tenant);
    var servers = fleet.published;
    assertThat(servers.pick(scope)).isEmpty();
    var busy = fleet.enrol(tenant, "busy");
    var idle = fleet.enrol(tenant, "idle");
    try (var first = new PlayedAgent(fleet.grpc.port(), busy, 2);
        var second = new PlayedAgent(fleet.grpc.port(), idle, 1)) {
      await(
          "both are online",
          () ->
              servers.require(scope, busy.id()).acceptsDeployments()
                  && servers.require(scope, idle.id()).acceptsDeployments());
      assertThat(servers.pick(scope)).map(dev.slipway.fleet.Server::id).contains(idle.id());
      second.breakOff();
      await("the second is gone", () -> !servers.require(scope, idle.id()).acceptsDeployments());
      assertThat(servers.pick(scope)).map(dev.slipway.fleet.Server::id).contains(busy.id());
      first.breakOff();
    }
    await(
        "none is left",
        () -> {
          fleet.sweepIn(Duration.ofMinutes(2));
          return servers.pick(scope).isEmpty();
        });
  }
}
