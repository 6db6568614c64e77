package dev.slipway.fleet.resource;

import static dev.slipway.fleet.service.TestFleet.await;

import dev.slipway.api.Role;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.TestFleet.Enrolled;
import dev.slipway.fleet.service.removal.Removal;
import dev.slipway.fleet.wire.PlayedAgent;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.testkit.Answer;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.contract.Live;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over servers. */
class ExamplesIT {
  static TestFleet fleet;
  static final List<PlayedAgent> agents = new ArrayList<>();
  static Removal removal;
  static PlayedAgent agent;
  static Enrolled server;
  static int number = 1;

  private static final String NETWORK =
      "{\"network_name\":\"deploy-net\",\"containers\":[{\"container_id\":\"c1\","
          + "\"container_name\":\"web\",\"ipv4_address\":\"172.18.0.2/16\","
          + "\"mac_address\":\"02:42\"}]}";

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    removal = fleet.serveRest();
    server = fleet.enrol("web-1");
    agent = connect(server);
  }

  @AfterAll
  static void stop() throws Exception {
    for (var played : agents) {
      played.close();
    }
    fleet.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    var app = fleet.apps.add(fleet.tenant, "shop", server.id());
    agent.answer("NETWORK_INSPECT", NETWORK);
    return fleet
        .platform
        .examples(fleet.tenant, "fleet")
        .object("/api/servers/{id}", server.id())
        .object("/api/apps/{id}", app)
        .unproven("fleet.terminal.open", "its answer is a WebSocket")
        .live("fleet.install.script", ExamplesIT::token)
        .live("fleet.install.register", ExamplesIT::token)
        .live("fleet.install-token.refresh", ExamplesIT::token)
        .live("fleet.agent.heartbeat", ExamplesIT::beating)
        .live("fleet.agent.rotate", () -> registered("refresh_token"))
        .live("fleet.agent.recover", ExamplesIT::lost)
        .live("fleet.agent.restart", () -> connected("server_id"))
        .live("fleet.agent.ping", () -> connected("server_id"))
        .live("fleet.agent.disconnect", () -> connected("id"))
        .live("fleet.agent.revoke", () -> unconnected("server_id"))
        .live("fleet.agent.re-enroll", () -> unconnected("server_id"))
        .live("fleet.command.drain", () -> unconnected("id"))
        .live("fleet.container.restart", ExamplesIT::withContainer)
        .live("fleet.server.cordon", () -> unconnected("id"))
        .live("fleet.server.drain", () -> unconnected("id"))
        .live("fleet.server.reconnect", () -> unconnected("id"))
        .live("fleet.server.reinstall", () -> unconnected("id"))
        .live("fleet.server.erase", () -> unconnected("id"))
        .live("fleet.server.delete", () -> unconnected("id"))
        .live("fleet.server.relink", ExamplesIT::replaced)
        .live("fleet.server.retry-cleanup", ExamplesIT::notCleaned)
        .live("fleet.server.pool", () -> Live.value("pool_id", pool()))
        .live("fleet.pool.delete", () -> Live.value("poolId", pool()))
        .live("fleet.grant.set", () -> Live.value("user_id", fleet.member().userId()))
        .live("fleet.grant.withdraw", ExamplesIT::granted)
        .live("fleet.orphan.dismiss", ExamplesIT::orphaned)
        .live("fleet.placement-rule.delete", () -> ruled(app))
        .tests();
  }

  private static TestClient admin() {
    return fleet.platform.as(fleet.tenant, Role.ADMIN);
  }

  private static Live token() {
    return Live.value("token", admin().post("/api/install-tokens", Map.of()).at("/token"));
  }

  private static Enrolled enrolled() {
    return fleet.enrol("web-" + ++number);
  }

  private static Live unconnected(String parameter) {
    return Live.value(parameter, enrolled().id());
  }

  private static PlayedAgent connect(Enrolled to) {
    var played = new PlayedAgent(fleet.grpc.port(), to);
    agents.add(played);
    await("it is online", () -> fleet.server(to.id()).status() == ServerStatus.ONLINE);
    return played;
  }

  private static Live connected(String parameter) {
    var there = enrolled();
    connect(there);
    return Live.value(parameter, there.id());
  }

  private static Live withContainer() {
    var there = enrolled();
    connect(there).beat(running("web"));
    return Live.value("serverId", there.id()).with("containerName", "web");
  }

  private static HeartbeatRequest.Builder running(String container) {
    return HeartbeatRequest.newBuilder()
        .addContainers(
            ContainerMetrics.newBuilder()
                .setContainerId("id-" + container)
                .setName(container)
                .setStatus("running"));
  }

  /** What an agent got that has just been installed. */
  private static Answer installed(String machine) {
    var token = admin().post("/api/install-tokens", Map.of()).at("/token");
    var body = Map.of("machine_id", machine, "hostname", machine);
    return fleet.platform.anonymous().post("/api/install/" + token + "/register", body);
  }

  private static Live registered(String secret) {
    return Live.value(secret, installed("machine-" + ++number).at("/" + secret));
  }

  private static Live lost() {
    var machine = "machine-" + ++number;
    return Live.value("bootstrap_key", installed(machine).at("/bootstrap_key"))
        .with("machine_id", machine);
  }

  private static Live beating() {
    var credentials = installed("machine-" + ++number);
    return Live.by(fleet.platform.bearer(credentials.at("/access_token")))
        .with("id", credentials.at("/server_id"));
  }

  private static Live replaced() {
    return Live.value("id", enrolled().id()).with("target_server_id", enrolled().id());
  }

  /** A server whose agent did not do what its removal asked for. */
  private static Live notCleaned() {
    var there = enrolled();
    var played = connect(there);
    played.refuse("UNINSTALL");
    admin().delete("/api/servers/" + there.id());
    await("UNINSTALL ended", () -> fleet.eventTypes(there.id()).contains("fleet.command.finished"));
    try {
      fleet.deliver(removal, there.id());
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
    return Live.value("id", there.id());
  }

  private static String pool() {
    return admin().post("/api/server-pools", Map.of("name", "pool-" + ++number)).at("/pool/id");
  }

  private static Live granted() {
    var member = fleet.member().userId();
    var grant = Map.of("user_id", member.toString(), "role", "viewer");
    admin().post("/api/servers/" + server.id() + "/acl", grant);
    return Live.value("userId", member);
  }

  private static Live orphaned() {
    var there = enrolled();
    connect(there).beat(running("deploy-app-old-1"));
    admin().delete("/api/servers/" + there.id() + "/force");
    var left = admin().get("/api/servers/" + there.id() + "/orphans").at("/orphans/0/id");
    return Live.value("id", there.id()).with("orphanId", left);
  }

  private static Live ruled(UUID app) {
    var rule = Map.of("kind", "require", "target", "region", "values", List.of("eu"));
    var made = admin().post("/api/apps/" + app + "/placement-rules", rule);
    return Live.value("ruleId", made.at("/placement_rule/id"));
  }
}
