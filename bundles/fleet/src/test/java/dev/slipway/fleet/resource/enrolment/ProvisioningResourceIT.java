package dev.slipway.fleet.resource.enrolment;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.resource.TestFleetCaller;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.service.enrolment.ExpiredToken;
import dev.slipway.fleet.wire.PlayedAgent;
import dev.slipway.testkit.TestClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvisioningResourceIT {
  static TestFleet fleet;
  static int number;
  TestClient owner;
  TestClient anyone;
  String machine;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    fleet.serveRest();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  @BeforeEach
  void prepare() {
    owner = fleet.platform.as(fleet.tenant, Role.OWNER);
    anyone = fleet.platform.anonymous();
    machine = "machine-" + ++number;
    fleet.platform.resetRateLimits();
  }

  private JsonNode register() {
    var token = owner.post("/api/install-tokens", Map.of()).at("/token");
    return registered("/api/install/" + token + "/register");
  }

  private JsonNode registered(String path) {
    var answer = anyone.post(path, Map.of("machine_id", machine, "hostname", machine));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private static Enrolled enrolled(JsonNode credentials) {
    return new Enrolled(
        UUID.fromString(credentials.at("/server_id").asText()),
        credentials.at("/agent_secret").asText());
  }

  private static String path(JsonNode credentials) {
    return "/api/servers/" + credentials.at("/server_id").asText();
  }

  private static String installPath(String command) {
    return command.replaceAll(".*(/api/install/[^']*)'.*", "$1");
  }

  @Test
  void aServerIsThereBeforeItsMachine() {
    var name = "planned-" + number;
    var body = Map.of("name", name, "public_ipv4", "203.0.113.9", "labels", Map.of("a", "b"));
    var made = owner.post("/api/servers", body);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.at("/server/status")).isEqualTo("pending");
    assertThat(made.at("/server/labels/a")).isEqualTo("b");
    var id = made.at("/server/id");
    assertThat(owner.get("/api/servers/" + id + "/install-progress").at("/state"))
        .isEqualTo("pending");
    assertThat(owner.post("/api/servers", Map.of("name", name)).status()).isEqualTo(409);
    var odd = owner.post("/api/servers", Map.of("name", "x", "public_ipv4", "300.1.1.1"));
    assertThat(odd.status()).isEqualTo(400);
    assertThat(odd.fields()).containsExactly("public_ipv4");
    var credentials = registered(installPath(made.at("/install_command")) + "/register");
    assertThat(credentials.at("/server_id").asText()).isEqualTo(id);
    assertThat(fleet.server(UUID.fromString(id)).status()).isEqualTo(ServerStatus.INSTALLING);
    assertThat(owner.get("/api/servers/" + id + "/install-progress").at("/state"))
        .isEqualTo("running");
  }

  @Test
  void anExpiredTokenIsTradedTenTimesADay() {
    var old = ExpiredToken.of(fleet);
    for (var trade = 1; trade <= 10; trade++) {
      var fresh = anyone.post("/api/install-tokens/refresh", Map.of("token", old));
      assertThat(fresh.status()).as(fresh.text()).isEqualTo(200);
      assertThat(anyone.get("/api/install/" + fresh.at("/token")).status()).isEqualTo(200);
      assertThat(fresh.at("/install_url")).endsWith(fresh.at("/token"));
    }
    var over = anyone.post("/api/install-tokens/refresh", Map.of("token", old));
    assertThat(over.status()).isEqualTo(429);
    assertThat(over.header("Retry-After")).isPresent();
    var forged = anyone.post("/api/install-tokens/refresh", Map.of("token", old + "x"));
    assertThat(forged.status()).isEqualTo(401);
    assertThat(anyone.post("/api/install-tokens/refresh", Map.of()).status()).isEqualTo(400);
  }

  @Test
  void aRefreshTokenUsedTwiceEndsItsWholeChain() {
    var credentials = register();
    var first = credentials.at("/refresh_token").asText();
    var traded = rotate(first);
    assertThat(traded.at("/expires_in").asInt()).isEqualTo(3600);
    var second = traded.at("/refresh_token").asText();
    var third = rotate(second).at("/refresh_token").asText();
    assertThat(beat(credentials, traded.at("/access_token").asText())).isEqualTo(200);
    assertThat(tryRotate(first)).isEqualTo(401);
    assertThat(tryRotate(third)).isEqualTo(401);
    assertThat(beat(credentials, traded.at("/access_token").asText())).isEqualTo(401);
    assertThat(tryRotate("nonsense")).isEqualTo(401);
    assertThat(fleet.eventTypes(enrolled(credentials).id()))
        .contains("fleet.agent.refresh-replayed");
    // The secret of gRPC is another credential and stays.
    assertThat(
            fleet
                .access
                .signIn(
                    credentials.at("/server_id").asText(), credentials.at("/agent_secret").asText())
                .tenantId())
        .isEqualTo(fleet.tenant);
  }

  private JsonNode rotate(String token) {
    var answer = anyone.post("/api/agents/tokens/rotate", Map.of("refresh_token", token));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private int tryRotate(String token) {
    return anyone.post("/api/agents/tokens/rotate", Map.of("refresh_token", token)).status();
  }

  private static Map<String, Object> heartbeat() {
    return Map.of(
        "agent_version",
        "http/1",
        "sent_at",
        "2026-01-02T03:04:05Z",
        "docker_reachable",
        true,
        "load_1m",
        0.5,
        "memory_used_bytes",
        512L << 20,
        "memory_total_bytes",
        1024L << 20,
        "containers",
        List.of(Map.of("name", "deploy-app-x-1", "state", "running")),
        "top_processes",
        List.of(Map.of("pid", 1, "name", "init")));
  }

  private int beat(JsonNode credentials, String accessToken) {
    return fleet
        .platform
        .bearer(accessToken)
        .post(path(credentials) + "/heartbeat", heartbeat())
        .status();
  }

  @Test
  void takesHeartbeatsOverHttp() {
    var credentials = register();
    var agent = fleet.platform.bearer(credentials.at("/access_token").asText());
    fleet.submit(enrolled(credentials).id(), dev.slipway.fleet.CommandType.APP_BUILD, "{}");
    var answer = agent.post(path(credentials) + "/heartbeat", heartbeat());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().at("/pending_commands").asInt()).isEqualTo(1);
    assertThat(answer.at("/server_time")).endsWith("Z");
    var row = fleet.server(enrolled(credentials).id());
    assertThat(row.agentVersion()).isEqualTo("http/1");
    assertThat(row.memoryTotalMb()).isEqualTo(1024);
    assertThat(owner.get(path(credentials) + "/top-processes").at("/processes/0/name"))
        .isEqualTo("init");
    machine += "-other";
    assertThat(agent.post(path(register()) + "/heartbeat", heartbeat()).status()).isEqualTo(403);
    assertThat(anyone.post(path(credentials) + "/heartbeat", heartbeat()).status()).isEqualTo(401);
    assertThat(owner.post(path(credentials) + "/heartbeat", heartbeat()).status()).isEqualTo(401);
    var odd = agent.post(path(credentials) + "/heartbeat", Map.of("agent_version", "x"));
    assertThat(odd.status()).isEqualTo(400);
    assertThat(odd.fields()).containsExactly("sent_at");
  }

  @Test
  void aBootstrapKeyOpensOnceAndFiveTimesAnHourAtMost() {
    var credentials = register();
    var id = credentials.at("/server_id").asText();
    var secret = credentials.at("/agent_secret").asText();
    var key = credentials.at("/bootstrap_key").asText();
    var recovered = recover(key);
    assertThat(recovered.at("/server_id").asText()).isEqualTo(id);
    assertThatThrownBy(() -> fleet.access.signIn(id, secret))
        .hasMessage("The agent's credentials are not valid.");
    assertThat(tryRecover(key)).isEqualTo(401);
    assertThat(tryRecover("nonsense")).isEqualTo(401);
    recover(recover(recovered.at("/bootstrap_key").asText()).at("/bootstrap_key").asText());
    assertThat(tryRecover(key)).isEqualTo(429);
    machine += "-other";
    assertThat(tryRecover(key)).isEqualTo(401);
  }

  private JsonNode recover(String key) {
    var body = Map.of("machine_id", machine, "bootstrap_key", key);
    var answer = anyone.post("/api/agents/recover", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private int tryRecover(String key) {
    return anyone
        .post("/api/agents/recover", Map.of("machine_id", machine, "bootstrap_key", key))
        .status();
  }

  @Test
  void revokedCredentialsOpenNothingAndTheStreamIsCut() throws Exception {
    var credentials = register();
    var server = enrolled(credentials);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      assertThat(fleet.member().post(path(credentials) + "/agent/revoke-tokens", null).status())
          .isEqualTo(403);
      var answer = owner.post(path(credentials) + "/agent/revoke-tokens", null);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().at("/revoked").asInt()).isEqualTo(3);
      assertThat(answer.json().at("/disconnected").asBoolean()).isTrue();
      agent.end();
    }
    assertThatThrownBy(() -> fleet.access.signIn(server.id().toString(), server.secret()))
        .hasMessage("The agent's credentials are not valid.");
    assertThat(tryRotate(credentials.at("/refresh_token").asText())).isEqualTo(401);
    assertThat(tryRecover(credentials.at("/bootstrap_key").asText())).isEqualTo(401);
    assertThat(beat(credentials, credentials.at("/access_token").asText())).isEqualTo(401);
    var again = owner.post(path(credentials) + "/agent/revoke-tokens", null);
    assertThat(again.json().at("/revoked").asInt()).isZero();
    assertThat(again.json().at("/disconnected").asBoolean()).isFalse();
    assertThat(register().at("/server_id").asText()).isEqualTo(server.id().toString());
  }

  @Test
  void anAgentThatIsAwayIsEnrolledAnewByHandOnce() {
    var credentials = register();
    var answer = owner.post(path(credentials) + "/agent/re-enroll", null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/online").asBoolean()).isFalse();
    assertThat(answer.json().has("command_id")).isFalse();
    var install = installPath(answer.at("/paste_command"));
    assertThat(registered(install + "/register").at("/server_id"))
        .isEqualTo(credentials.at("/server_id"));
    var second = Map.of("machine_id", machine, "hostname", machine);
    assertThat(anyone.post(install + "/register", second).status()).isEqualTo(410);
    assertThat(anyone.get(install).status()).isEqualTo(410);
    var token = install.substring(install.lastIndexOf('/') + 1);
    assertThat(anyone.post("/api/install-tokens/refresh", Map.of("token", token)).status())
        .isEqualTo(401);
  }

  @Test
  void aConnectedAgentEnrolsItselfAnew() throws Exception {
    var credentials = register();
    var server = enrolled(credentials);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      var answer = owner.post(path(credentials) + "/agent/re-enroll", null);
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.json().at("/queued").asBoolean()).isTrue();
      assertThat(answer.at("/expires_at")).endsWith("Z");
      var told = agent.told("REENROLL");
      assertThat(told).contains(answer.at("/install_url"));
      var again = owner.post(path(credentials) + "/agent/re-enroll", null);
      assertThat(again.status()).isEqualTo(409);
      assertThat(owner.post(path(credentials) + "/agent/re-enroll", null).status()).isEqualTo(409);
    }
  }

  private String operation(UUID id) {
    return fleet.operations.get(TestFleetCaller.of(fleet.tenant), id).status().name().toLowerCase();
  }

  @Test
  void aReinstallationEndsWhenTheAgentIsHeardAgain() throws Exception {
    var credentials = register();
    var id = enrolled(credentials).id();
    var begun = owner.post(path(credentials) + "/reinstall", null);
    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    var operation = UUID.fromString(begun.at("/operation_id"));
    var fresh = registered(installPath(begun.at("/install_command")) + "/register");
    assertThat(fresh.at("/server_id")).isEqualTo(credentials.at("/server_id"));
    fleet.deliverFrom(fleet.provisioning, id, "fleet.server.registered");
    assertThat(operation(operation)).isEqualTo("running");
    try (var agent = new PlayedAgent(fleet.grpc.port(), enrolled(fresh))) {
      await("it is online", () -> fleet.server(id).status() == ServerStatus.ONLINE);
      fleet.deliverFrom(fleet.provisioning, id, "fleet.server.online");
      assertThat(operation(operation)).isEqualTo("succeeded");
    }
  }

  @Test
  void aRefusedReinstallationFails() throws Exception {
    var credentials = register();
    var server = enrolled(credentials);
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      agent.refuse("REENROLL");
      var begun = owner.post(path(credentials) + "/reinstall", null);
      assertThat(begun.json().at("/install_command").isNull()).isTrue();
      await(
          "REENROLL ended", () -> fleet.eventTypes(server.id()).contains("fleet.command.finished"));
      fleet.deliverFrom(fleet.provisioning, server.id(), "fleet.command.finished");
      assertThat(operation(UUID.fromString(begun.at("/operation_id")))).isEqualTo("failed");
    }
  }

  @Test
  void aReconnectionCutsTheStreamAndWaits() throws Exception {
    var credentials = register();
    var server = enrolled(credentials);
    UUID operation;
    try (var agent = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is online", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      var begun = owner.post(path(credentials) + "/reconnect", null);
      assertThat(begun.status()).isEqualTo(202);
      assertThat(begun.at("/server/status")).isEqualTo("degraded");
      operation = UUID.fromString(begun.at("/operation_id"));
      assertThat(agent.end().name()).isEqualTo("UNAVAILABLE");
      assertThat(operation(operation)).isEqualTo("running");
    }
    try (var again = new PlayedAgent(fleet.grpc.port(), server)) {
      await("it is back", () -> fleet.server(server.id()).status() == ServerStatus.ONLINE);
      fleet.deliverFrom(fleet.provisioning, server.id(), "fleet.server.online");
      assertThat(operation(operation)).isEqualTo("succeeded");
    }
  }

  @Test
  void appsMoveToTheServerThatReplacesAStaleOne() throws Exception {
    var stale = fleet.enrol("stale-" + number).id();
    var target = fleet.enrol("target-" + number);
    fleet.apps.add(fleet.tenant, "one", stale);
    fleet.apps.add(fleet.tenant, "two", stale);
    var relink = "/api/servers/" + stale + "/relink";
    assertThat(status(relink, stale)).isEqualTo(400);
    assertThat(status(relink, Ids.next())).isEqualTo(404);
    try (var agent = new PlayedAgent(fleet.grpc.port(), target)) {
      await("it is online", () -> fleet.server(target.id()).status() == ServerStatus.ONLINE);
      assertThat(status("/api/servers/" + target.id() + "/relink", stale)).isEqualTo(409);
    }
    var moved = owner.post(relink, Map.of("target_server_id", target.id().toString()));
    assertThat(moved.status()).as(moved.text()).isEqualTo(200);
    assertThat(moved.json().at("/apps_relinked").asInt()).isEqualTo(2);
    assertThat(moved.json().at("/services_relinked").asInt()).isZero();
    assertThat(fleet.apps.countOn(fleet.scope, target.id())).isEqualTo(2);
    assertThat(fleet.eventTypes(stale)).contains("fleet.server.relinked");
    var stranger = fleet.platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.post(relink, Map.of("target_server_id", target.id().toString())).status())
        .isEqualTo(404);
  }

  private int status(String relink, UUID target) {
    return owner.post(relink, Map.of("target_server_id", target.toString())).status();
  }
}
