package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about the agent and its host, with the agent as a process of its own. */
class AgentCommandsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private FakeControlPlane plane;
  private int port;
  private HttpServer web;
  private Path environment;
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final Map<String, String> answers = new HashMap<>();

  @BeforeEach
  void start() throws Exception {
    plane = FakeControlPlane.start();
    port = plane.port();
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(exchange.getRequestURI() + " " + body);
          var answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "");
          var bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.isEmpty() ? 401 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    web.start();
    Files.createDirectories(folder.resolve("data"));
    environment = folder.resolve("agent.env");
    Files.writeString(environment, "SERVER_ID=server-1\nAGENT_SECRET=old\nMINE=1\n");
  }

  @AfterEach
  void stop() throws Exception {
    web.stop(0);
    plane.close();
  }

  private AgentProgram agent() throws IOException {
    return agent(Map.of());
  }

  private AgentProgram agent(Map<String, String> more) throws IOException {
    var variables = new HashMap<>(Map.of("PERMANU_AGENT_ENV_FILE", environment.toString()));
    variables.putAll(more);
    return AgentProgram.start(folder.resolve("data"), port, variables);
  }

  private String url() {
    return "http://127.0.0.1:" + web.getAddress().getPort();
  }

  private void identity(long renewedAt) throws IOException {
    Files.writeString(
        folder.resolve("data/identity.json"),
        json(
            Map.of(
                "platform_url", url(),
                "machine_id", "machine-1",
                "refresh_token", "refresh-1",
                "bootstrap_key", "key-1",
                "renewed_at", renewedAt)));
  }

  private JsonNode identity() throws IOException {
    return JSON.readTree(folder.resolve("data/identity.json").toFile());
  }

  private static String json(Map<String, ?> payload) throws IOException {
    return JSON.writeValueAsString(payload);
  }

  private boolean wasAsked(String start) {
    return asked.stream().anyMatch(each -> each.startsWith(start));
  }

  private SentCommand.Result ask(CommandType type, Map<String, ?> payload) throws Exception {
    return plane.send(type, json(payload)).await(Duration.ofSeconds(30));
  }

  @Test
  void renewsItsCredentialsByARunOfTheInstaller() throws Exception {
    answers.put(
        "/install",
        """
        echo "renews $PERMANU_FORCE_REENROLL of $SLIPWAY_MACHINE_ID"
        echo token abcdefghijabcdefghijabcdefghijabcdefghij0
        [ "$SLIPWAY_AGENT_DATA" ] && [ -z "${AGENT_SECRET:-}" ] || exit 3
        echo 'AGENT_SECRET=new' >"$PERMANU_AGENT_ENV_FILE"
        """);
    try (var agent = agent(Map.of("SLIPWAY_MACHINE_ID", "m-7"))) {
      var result =
          ask(CommandType.COMMAND_TYPE_REENROLL, Map.of("install_url", url() + "/install?a=b"));
      assertThat(result.status()).as(result.output()).isEqualTo("completed");
      assertThat(result.output()).contains("renews 1 of m-7").contains("token [REDACTED]");
      assertThat(wasAsked("/install?a=b&previous_server_id=server-1")).isTrue();
      assertThat(Files.readString(environment)).isEqualTo("AGENT_SECRET=new\n");
      assertThat(agent.awaitExit()).isZero();
    }
  }

  @Test
  void runsNoInstallerThatItShouldNot() throws Exception {
    answers.put("/broken", "echo half; exit 7\n");
    try (var agent = agent()) {
      for (var address :
          List.of("http://192.0.2.1/install", "ftp://127.0.0.1/x", "file:///x", "")) {
        var result = ask(CommandType.COMMAND_TYPE_REENROLL, Map.of("install_url", address));
        assertThat(result.status()).as(address).isEqualTo("failed");
        assertThat(result.output()).as(address).startsWith("invalid payload: install_url");
      }
      var refused = ask(CommandType.COMMAND_TYPE_REENROLL, Map.of("install_url", url() + "/gone"));
      assertThat(refused.output()).contains("status 401");
      var broken = ask(CommandType.COMMAND_TYPE_REENROLL, Map.of("install_url", url() + "/broken"));
      assertThat(broken.output()).startsWith("the installer failed (exit 7)").contains("half");
      assertThat(agent.isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Integer.MAX_VALUE})
  void tradesARefreshTokenOfLongAgoOrOfTheFutureAndSaysThatItHasAKey(long at) throws Exception {
    identity(at);
    answers.put(
        "/api/agents/tokens/rotate",
        json(Map.of("access_token", "a", "refresh_token", "refresh-2", "expires_in", 3600)));
    try (var agent = agent()) {
      Await.until(
          "it is traded", () -> identity().path("refresh_token").asText().equals("refresh-2"));
      assertThat(asked)
          .containsExactly("/api/agents/tokens/rotate {\"refresh_token\":\"refresh-1\"}");
      assertThat(plane.heartbeats.getFirst().getRebootstrapKeyPresent()).isTrue();
    }
  }

  @Test
  void regainsItsCredentialsWithItsBootstrapKey() throws Exception {
    identity(System.currentTimeMillis() / 1000);
    answers.put(
        "/api/agents/recover",
        json(
            Map.of(
                "agent_secret", "regained",
                "refresh_token", "refresh-9",
                "bootstrap_key", "key-9")));
    try (var agent = agent(Map.of("AGENT_SECRET", "void"))) {
      assertThat(agent.awaitExit()).isZero();
      assertThat(Files.readString(environment))
          .contains("AGENT_SECRET=regained")
          .contains("MINE=1");
      assertThat(identity().path("bootstrap_key").asText()).isEqualTo("key-9");
      assertThat(wasAsked("/api/agents/recover")).isTrue();
    }
  }

  @Test
  void givesAVoidBootstrapKeyUp() throws Exception {
    identity(System.currentTimeMillis() / 1000);
    try (var agent = agent(Map.of("AGENT_SECRET", "void"))) {
      Await.until("it is refused", () -> identity().path("bootstrap_key").asText().isEmpty());
      assertThat(agent.isAlive()).isTrue();
      assertThat(agent.output()).contains("enrol this machine again").doesNotContain("key-1");
    }
  }

  @Test
  void reportsOverHttpWhileTheOtherWayIsBlocked() throws Exception {
    identity(System.currentTimeMillis() / 1000);
    answers.put(
        "/api/agents/tokens/rotate",
        json(Map.of("access_token", "a", "refresh_token", "refresh-2", "expires_in", 3600)));
    answers.put("/api/servers/server-1/heartbeat", "{}");
    plane.close();
    try (var agent = agent()) {
      Await.until(
          "it reports", () -> wasAsked("/api/servers/server-1/heartbeat {\"agent_version\""));
    }
  }

  @Test
  void opensPortsForThoseWhoMay() throws Exception {
    try (var agent = agent();
        var service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int door = AgentProgram.freePort();
      var proxy = new HashMap<String, Object>();
      proxy.put("proxy_id", "db-1");
      proxy.put("port", door);
      proxy.put("target", "127.0.0.1:" + service.getLocalPort());
      proxy.put("allowed_ips", List.of("127.0.0.0/8"));
      var answer = JSON.readTree(plane.done(CommandType.COMMAND_TYPE_TCP_PROXY_START, json(proxy)));
      assertThat(answer.path("port").asInt()).isEqualTo(door);
      try (var client = new Socket("127.0.0.1", door);
          var behind = service.accept()) {
        client.getOutputStream().write('x');
        assertThat(behind.getInputStream().read()).isEqualTo('x');
      }
      proxy.put("allowed_ips", List.of("10.0.0.0/8"));
      plane.done(CommandType.COMMAND_TYPE_TCP_PROXY_UPDATE, json(proxy));
      try (var client = new Socket("127.0.0.1", door)) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      proxy.put("allowed_ips", List.of("10.0.0.0/99"));
      assertThat(ask(CommandType.COMMAND_TYPE_TCP_PROXY_UPDATE, proxy).output())
          .startsWith("invalid payload");
      plane.done(CommandType.COMMAND_TYPE_TCP_PROXY_STOP, json(Map.of("proxy_id", "db-1")));
    }
  }

  private JsonNode patched(String block, String action, String value) throws Exception {
    var patch = Map.of("block", block, "action", action, "value", value);
    return JSON.readTree(plane.done(CommandType.COMMAND_TYPE_DWAAR_CONFIG_PATCH, json(patch)));
  }

  @Test
  void takesSettingsOfItsEdgeWhileItServes() throws Exception {
    try (var agent = agent()) {
      var host = "a.example.org";
      // Nobody listens there, so what gets through is answered with 502.
      var route = Map.of("domain", host, "upstream_host", "localhost", "upstream_port", 1);
      plane.done(CommandType.COMMAND_TYPE_ROUTE_ADD, json(route));
      assertThat(patched("rate_limit_default", "upsert", "2/h"))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"block": "rate_limit_default", "action": "upsert", "prev": "", "new": "2/h",
                   "restart_ok": true}
                  """));
      assertThat(EdgeClient.get(agent.edgePort(), host, "/").status()).isEqualTo(502);
      assertThat(EdgeClient.get(agent.edgePort(), host, "/").status()).isEqualTo(502);
      var refused = EdgeClient.get(agent.edgePort(), host, "/");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.text()).contains("\r\nRetry-After: 1\r\n");
      Await.until(
          "it counts what it refused",
          () -> plane.lastHeartbeat().getProxyMetrics().getRateLimitRejects() == 1);
      assertThat(patched("rate_limit_default", "remove", "").get("prev").asText()).isEqualTo("2/h");
      assertThat(EdgeClient.get(agent.edgePort(), host, "/").status()).isEqualTo(502);
      assertThat(patched("log_level", "upsert", "debug").get("new").asText()).isEqualTo("debug");
      var wrong =
          Map.of(
              Map.of("block", "tls", "action", "remove"), "block is none of",
              Map.of("block", "log_level", "action", "upsert"), "value is required",
              Map.of("block", "log_level", "action", "add"), "action is not upsert or remove",
              Map.of("block", "log_level", "action", "upsert", "value", "a\nb"), "value is none of",
              Map.of("block", "analytics", "action", "remove"), "this edge takes no analytics");
      for (var each : wrong.entrySet()) {
        var failed = ask(CommandType.COMMAND_TYPE_DWAAR_CONFIG_PATCH, each.getKey());
        assertThat(failed.status()).isEqualTo("failed");
        assertThat(failed.output()).contains(each.getValue());
      }
    }
  }

  @Test
  void answersQuestionsOfAHostWithoutAnEngine() throws Exception {
    try (var agent = agent()) {
      var network = JSON.readTree(plane.done(CommandType.COMMAND_TYPE_NETWORK_INSPECT, "{}"));
      assertThat(network.path("network_name").asText()).isEqualTo("deploy-net");
      assertThat(network.path("containers")).isEmpty();
      assertThat(
              plane.done(
                  CommandType.COMMAND_TYPE_VOLUME_REMOVE, json(Map.of("volume_name", "v-1"))))
          .isEqualTo("not_found");
      assertThat(plane.done(CommandType.COMMAND_TYPE_CERT_LIST, "{}"))
          .contains("\"supported\":false");
      assertThat(plane.done(CommandType.COMMAND_TYPE_PROXY_TRAFFIC, "{}"))
          .contains("\"routes\":[]");
      assertThat(
              plane.done(
                  CommandType.COMMAND_TYPE_CACHE_PURGE, json(Map.of("host", "a.example.org"))))
          .isEqualTo("purged a.example.org/ (status=404)");
      assertThat(plane.done(CommandType.COMMAND_TYPE_UNINSTALL, "{}"))
          .isEqualTo("uninstall started");
      var unsupported = ask(CommandType.COMMAND_TYPE_CI_JOB, Map.of());
      assertThat(unsupported.status()).isEqualTo("failed");
      assertThat(unsupported.output()).isEqualTo("unsupported_command_type: COMMAND_TYPE_CI_JOB");
    }
  }

  private JsonNode diagnosed(Map<String, ?> payload) throws Exception {
    return JSON.readTree(plane.done(CommandType.COMMAND_TYPE_HOST_DIAGNOSTIC, json(payload)))
        .path("data");
  }

  @Test
  void looksAtItsHostWithinBounds() throws Exception {
    try (var agent = agent()) {
      assertThat(diagnosed(Map.of("kind", "agent.host.snapshot")).path("meminfo").asText())
          .contains("MemTotal");
      assertThat(diagnosed(Map.of("kind", "agent.processes.top", "limit", 3)).path("processes"))
          .hasSize(3);
      assertThat(
              diagnosed(Map.of("kind", "agent.process.inspect", "pid", agent.pid()))
                  .path("cmdline")
                  .asText())
          .contains("dev.slipway.agent.Main");
      var sockets = diagnosed(Map.of("kind", "listeners", "limit", 200)).path("sockets");
      assertThat(sockets.findValuesAsText("local_port"))
          .contains(Integer.toString(agent.edgePort()));
      assertThat(
              diagnosed(Map.of("kind", "agent.dns.check", "host", "localhost"))
                  .path("ok")
                  .asBoolean())
          .isTrue();
      assertThat(
              diagnosed(Map.of("kind", "agent.permanu.self.status"))
                  .path("heap_max_bytes")
                  .asLong())
          .isLessThanOrEqualTo(64L << 20);
      for (var refused :
          List.of(
              Map.of("kind", "agent.file.stat", "path", "/etc/shadow"),
              Map.of("kind", "agent.config.digest", "path", "/etc/dwaar/../shadow"),
              Map.of("kind", "agent.safe_probe.tcp", "host", "127.0.0.1", "port", 22),
              Map.of("kind", "agent.safe_probe.tcp", "host", "192.0.2.1", "port", 80),
              Map.of("kind", "agent.http.probe", "url", "file:///etc/shadow"),
              Map.of("kind", "agent.process.inspect", "pid", 0),
              Map.of("kind", "agent.trace.route", "host", "127.0.0.1"))) {
        assertThat(ask(CommandType.COMMAND_TYPE_HOST_DIAGNOSTIC, refused).status())
            .as("%s", refused)
            .isEqualTo("failed");
      }
    }
  }

  @Test
  void answersWhatMakesNoSenseAndGoesOn() throws Exception {
    try (var agent = agent()) {
      var odd =
          Map.of(
              "not JSON",
              "invalid payload: not JSON",
              "[]",
              "invalid payload: not an object",
              "{\"kind\":7}",
              "invalid payload: kind is not text",
              "x".repeat(9 << 20),
              "invalid payload: larger than 8 MiB");
      for (var each : odd.entrySet()) {
        var result =
            plane
                .send(CommandType.COMMAND_TYPE_HOST_DIAGNOSTIC, each.getKey())
                .await(Duration.ofSeconds(30));
        assertThat(result.status()).isEqualTo("failed");
        assertThat(result.output()).isEqualTo(each.getValue());
      }
      for (var number : List.of(0, 92_000, -1)) {
        var result = plane.sendNumber(number, "{}").await(Duration.ofSeconds(30));
        assertThat(result.output()).isEqualTo("invalid_command_type: " + number);
      }
      for (var type :
          List.of(
              CommandType.COMMAND_TYPE_DEPLOY,
              CommandType.COMMAND_TYPE_SQL_EXEC,
              CommandType.COMMAND_TYPE_SERVICE_CREATE,
              CommandType.COMMAND_TYPE_COMPOSE_UP)) {
        assertThat(ask(type, Map.of()).output()).isEqualTo("unsupported_command_type: " + type);
      }
      plane.done(CommandType.COMMAND_TYPE_AGENT_PING, "{}");
    }
  }

  @Test
  void replacesItselfByNothingThatIsNotSigned() throws Exception {
    var checksum = "0".repeat(64);
    var order = Map.of("expected_checksum", checksum, "version", "2", "binary_base64", "AAAA");
    try (var agent = agent()) {
      assertThat(ask(CommandType.COMMAND_TYPE_UPDATE_AGENT, order).output())
          .contains("part of a larger installation");
    }
    var program = Files.writeString(folder.resolve("program"), "one");
    try (var agent = agent(Map.of("SLIPWAY_AGENT_PROGRAM", program.toString()))) {
      assertThat(ask(CommandType.COMMAND_TYPE_UPDATE_AGENT, order).output())
          .contains("no key for updates is trusted");
    }
  }

  @Test
  void saysWhichCommandsItTakesAndRefusesTheOthers() throws Exception {
    try (var agent = agent()) {
      var status = JSON.readTree(ask(CommandType.COMMAND_TYPE_AGENT_STATUS, Map.of()).output());
      var taken = new HashSet<Integer>();
      status.get("commands").forEach(number -> taken.add(number.asInt()));
      assertThat(taken).contains(99, 114, 115, 1000);
      var others = new ArrayList<String>();
      for (var type : CommandType.values()) {
        var known = type != CommandType.UNRECOGNIZED && type.getNumber() != 0;
        if (known && !taken.contains(type.getNumber())) {
          var refused = ask(type, Map.of());
          assertThat(refused.status()).isEqualTo("failed");
          assertThat(refused.output()).isEqualTo("unsupported_command_type: " + type.name());
          others.add(type.name().substring("COMMAND_TYPE_".length()));
        }
      }
      assertThat(others)
          .as("what this runtime has nothing for, and what none takes")
          .containsExactlyInAnyOrder(
              "SERVICE_CREATE",
              "COMPOSE_UP",
              "COMPOSE_DOWN",
              "COMPOSE_RESTART",
              "COMPOSE_LOGS",
              "BACKUP_CREATE",
              "BACKUP_UPLOAD",
              "BACKUP_RESTORE",
              "BACKUP_CLEANUP",
              "BACKUP_DOWNLOAD",
              "BACKUP_VERIFY",
              "CERT_ROTATE",
              "DEPLOY",
              "RESTART",
              "LOGS",
              "SQL_EXEC",
              "CI_JOB",
              "SWARM_STACK_DEPLOY",
              "SWARM_STACK_REMOVE",
              "SWARM_STACK_STATUS",
              "SWARM_SERVICE_ROLLBACK");
    }
  }

  /** On a file system of its own, as small as can be. */
  @Test
  void survivesAFullDiskAndReportsIt() throws Exception {
    var data = folder.resolve("data");
    var mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", data.toString())
            .inheritIO()
            .start();
    if (mount.waitFor() != 0) {
      System.out.println("survivesAFullDiskAndReportsIt is skipped: no file system can be mounted");
      Assumptions.abort("no file system can be mounted");
    }
    try (var agent = agent()) {
      Await.until("it reports", () -> !plane.heartbeats.isEmpty());
      var filling = data.resolve("filling");
      fill(filling);
      assertThat(Files.getFileStore(data).getUsableSpace()).isZero();
      plane.done(CommandType.COMMAND_TYPE_AGENT_PING, "{}");
      var route =
          Map.of("domain", "a.example.org", "upstream_host", "localhost", "upstream_port", 80);
      for (int i = 0; i < 10; i++) {
        // Together they leave more in the log than the last block of a file has room for.
        var failed = ask(CommandType.COMMAND_TYPE_ROUTE_ADD, route);
        assertThat(failed.status()).isEqualTo("failed");
        assertThat(failed.output()).startsWith("host failure: ");
      }
      Await.until(
          "it counts what it could not write",
          () ->
              plane.lastHeartbeat().getServiceMetrics(0).getGaugesMap().entrySet().stream()
                  .anyMatch(
                      gauge ->
                          gauge.getKey().equals("agent_log_spool_write_faults")
                              && gauge.getValue() > 0));
      Files.delete(filling);
      plane.logs.clear();
      assertThat(ask(CommandType.COMMAND_TYPE_ROUTE_ADD, route).status()).isEqualTo("completed");
      plane.send(CommandType.COMMAND_TYPE_AGENT_RECONNECT, "{}").await(Duration.ofSeconds(30));
      Await.until("lines arrive again", () -> !plane.logs.isEmpty());
      assertThat(agent.isAlive()).isTrue();
    } finally {
      new ProcessBuilder("umount", data.toString()).inheritIO().start().waitFor();
    }
  }

  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      // As wanted.
    }
  }
}
