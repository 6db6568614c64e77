package dev.slipway.fleet.resource.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.fleet.service.TestFleet;
import dev.slipway.fleet.service.enrolment.ExpiredToken;
import dev.slipway.testkit.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallResourceIT {
  static TestFleet fleet;
  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    fleet = new TestFleet();
    fleet.serveRest();
  }

  @AfterAll
  static void stop() throws Exception {
    fleet.close();
  }

  static TestClient owner() {
    return fleet.platform.as(fleet.tenant, Role.OWNER);
  }

  static String token(Map<String, Object> body) {
    var answer = owner().post("/api/install-tokens", body);
    assertThat(answer.status()).isEqualTo(201);
    return answer.at("/token");
  }

  static Map<String, Object> machine(String id) {
    return new HashMap<>(Map.of("machine_id", id, "hostname", "host"));
  }

  private JsonNode register(String token, Map<String, Object> machine) {
    var answer = fleet.platform.anonymous().post("/api/install/" + token + "/register", machine);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  @Test
  void issuesATokenWithItsCommand() {
    var answer =
        owner().post("/api/install-tokens", Map.of("name", "web", "labels", Map.of("zone", "a")));
    assertThat(answer.status()).isEqualTo(201);
    var url = fleet.platform.url() + "/api/install/" + answer.at("/token");
    assertThat(answer.at("/install_url")).isEqualTo(url);
    assertThat(answer.at("/install_command")).isEqualTo("curl -fsSL '" + url + "' | sudo sh");
    assertThat(answer.at("/expires_at")).endsWith("Z");
    assertThat(answer.at("/token")).matches("[A-Za-z0-9_.-]+");
    var member = fleet.platform.as(fleet.tenant, Role.USER);
    assertThat(member.post("/api/install-tokens", Map.of()).status()).isEqualTo(403);
    var odd = owner().post("/api/install-tokens", Map.of("labels", Map.of("a b", "c")));
    assertThat(odd.status()).isEqualTo(400);
    assertThat(odd.fields()).containsExactly("labels");
  }

  @Test
  void deliversAScriptForAGoodTokenOnly() {
    var token = token(Map.of("name", "x'; rm -rf / #"));
    var client = fleet.platform.anonymous();
    var script = client.with("X-Forwarded-Host", "ev'il").get("/api/install/" + token);
    assertThat(script.text()).doesNotContain("ev'il");
    script = client.get("/api/install/" + token);
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("Content-Type").orElseThrow()).startsWith("text/x-shellscript");
    assertThat(script.text())
        .startsWith("#!/bin/sh")
        .contains("register_url='" + fleet.platform.url() + "/api/install/" + token + "/register'")
        .doesNotContain("rm -rf / #")
        .doesNotContain("@REGISTER_URL@");
    var other = client.get("/api/install/" + token + "?previous_server_id=" + Ids.next());
    assertThat(other.status()).isEqualTo(200);
    assertThat(client.get("/api/install/" + token + "?previous_server_id=x").status())
        .isEqualTo(400);
    assertThat(client.get("/api/install/" + token + "x").status()).isEqualTo(401);
    assertThat(client.get("/api/install/nonsense").status()).isEqualTo(401);
    var expired = client.get("/api/install/" + ExpiredToken.of(fleet));
    assertThat(expired.status()).isEqualTo(410);
    assertThat(expired.at("/code")).isEqualTo("fleet.token.expired");
  }

  @Test
  void registersAMachineAndKeepsItTheSameServer() {
    var token = token(Map.of("name", "edge", "labels", Map.of("zone", "b")));
    var machine = machine("m-1");
    machine.put("cpu_cores", 4);
    machine.put("memory_bytes", 8L << 30);
    var first = register(token, machine);
    var id = UUID.fromString(first.at("/server_id").asText());
    assertThat(first.at("/grpc_endpoint").asText()).isEqualTo("127.0.0.1:1");
    assertThat(first.at("/expires_in").asInt()).isEqualTo(3600);
    assertThat(first.at("/access_token").asText()).isNotBlank();
    assertThat(first.at("/refresh_token").asText()).isNotBlank();
    assertThat(first.at("/bootstrap_key").asText()).isNotBlank();
    assertThat(first.at("/ca_certificate").isNull()).isTrue();
    var row = fleet.server(id);
    assertThat(row.name()).isEqualTo("edge");
    assertThat(row.labels()).containsEntry("zone", "b");
    assertThat(row.cpuCores()).isEqualTo(4);
    assertThat(row.memoryTotalMb()).isEqualTo(8192);
    var secret = first.at("/agent_secret").asText();
    assertThat(fleet.access.signIn(id.toString(), secret).tenantId()).isEqualTo(fleet.tenant);

    var second = register(token, machine);
    assertThat(second.at("/server_id").asText()).isEqualTo(id.toString());
    var fresh = second.at("/agent_secret").asText();
    assertThat(fresh).isNotEqualTo(secret);
    assertThat(fleet.access.signIn(id.toString(), fresh).serverId()).isEqualTo(id);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> fleet.access.signIn(id.toString(), secret))
        .hasMessage("The agent's credentials are not valid.");
    assertThat(fleet.eventTypes(id))
        .containsExactly("fleet.server.registered", "fleet.server.registered");

    var another = register(token, machine("m-2"));
    var otherId = UUID.fromString(another.at("/server_id").asText());
    assertThat(otherId).isNotEqualTo(id);
    assertThat(fleet.server(otherId).name()).isEqualTo("edge-2");
  }

  @Test
  void aReinstalledMachineIsKnownByItsFormerId() {
    var token = token(Map.of());
    var before = register(token, machine("old-disk")).at("/server_id").asText();
    var script =
        fleet
            .platform
            .anonymous()
            .get("/api/install/" + token + "?previous_server_id=" + before)
            .text();
    var url = script.lines().filter(line -> line.startsWith("register_url=")).findFirst();
    var path = url.orElseThrow().replaceAll(".*(/api/install/.*)'", "$1");
    var answer = fleet.platform.anonymous().post(path, machine("new-disk"));
    assertThat(answer.at("/server_id")).isEqualTo(before);
    // The id of another tenant's server helps nobody.
    var foreign = fleet.enrol(Ids.next(), "foreign").id();
    var stolen =
        fleet.platform.anonymous().get("/api/install/" + token + "?previous_server_id=" + foreign);
    var stolenPath =
        stolen
            .text()
            .lines()
            .filter(line -> line.startsWith("register_url="))
            .findFirst()
            .orElseThrow()
            .replaceAll(".*(/api/install/.*)'", "$1");
    var fresh = fleet.platform.anonymous().post(stolenPath, machine("thief"));
    assertThat(fresh.at("/server_id")).isNotEqualTo(foreign.toString());
  }

  @Test
  void refusesBadRegistrations() {
    var token = token(Map.of());
    var client = fleet.platform.anonymous();
    assertThat(client.post("/api/install/nonsense/register", machine("m")).status()).isEqualTo(401);
    assertThat(
            client
                .post("/api/install/" + ExpiredToken.of(fleet) + "/register", machine("m"))
                .status())
        .isEqualTo(410);
    var odd = machine("m 'or' 1=1");
    odd.put("hostname", "");
    var answer = client.post("/api/install/" + token + "/register", odd);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fields()).contains("machine_id", "hostname");
    var negative = machine("m");
    negative.put("cpu_cores", -1);
    assertThat(client.post("/api/install/" + token + "/register", negative).status())
        .isEqualTo(400);
  }

  /** Runs the script as it is, with the commands of the machine played by others. */
  @Test
  void theScriptEnrolsAMachineTwiceAsTheSameServer() throws Exception {
    var shell = Path.of("/bin/sh");
    Assumptions.assumeTrue(
        Files.isExecutable(shell) && Files.isExecutable(Path.of("/usr/bin/curl")),
        "skipped: /bin/sh or curl is not here");
    var script =
        fleet.platform.anonymous().get("/api/install/" + token(Map.of("name", "sh"))).text();
    var root = Files.createDirectories(folder.resolve("root"));
    var agent = folder.resolve("agent-that-waits");
    Files.writeString(agent, "#!/bin/sh\nexec sleep 600\n");
    assertThat(agent.toFile().setExecutable(true)).isTrue();
    var first = environment(run(script, root, agent), root);
    Files.writeString(
        root.resolve("etc/permanu-agent.env"),
        "OPERATORS_OWN=1\n",
        java.nio.file.StandardOpenOption.APPEND);
    var second = environment(run(script, root, agent), root);
    assertThat(second.get("SERVER_ID")).isEqualTo(first.get("SERVER_ID"));
    assertThat(second.get("AGENT_SECRET")).isNotEqualTo(first.get("AGENT_SECRET"));
    assertThat(second).containsEntry("OPERATORS_OWN", "1").containsEntry("AGENT_INSECURE", "true");
    assertThat(second).containsEntry("BACKEND_GRPC_ADDR", "127.0.0.1:1");
    assertThat(fleet.access.signIn(second.get("SERVER_ID"), second.get("AGENT_SECRET")).tenantId())
        .isEqualTo(fleet.tenant);
    var supervisor = Long.parseLong(Files.readString(data(root, "supervisor.pid")).strip());
    TestFleet.await("the supervisor runs", () -> supervises(supervisor));
    assertThat(Files.readString(data(root, "identity.json"))).contains("\"bootstrap_key\":\"");
    assertThat(Files.getPosixFilePermissions(root.resolve("etc/permanu-agent.env")))
        .containsExactlyInAnyOrder(
            java.nio.file.attribute.PosixFilePermission.OWNER_READ,
            java.nio.file.attribute.PosixFilePermission.OWNER_WRITE);
    assertThat(run(script, root, agent, "--uninstall")).contains("the agent is removed");
    assertThat(supervises(supervisor)).isFalse();
    try (var left = Files.walk(root)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
    assertThat(run(script, root, agent, "--uninstall")).contains("no agent is installed");
  }

  private static boolean supervises(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
          .contains("permanu-agent-run");
    } catch (IOException gone) {
      return false;
    }
  }

  private static Path data(Path root, String name) {
    return root.resolve("var/lib/permanu-agent").resolve(name);
  }

  @Test
  void theScriptPassesShellcheck() throws Exception {
    var shellcheck = Path.of("/usr/bin/shellcheck");
    Assumptions.assumeTrue(Files.isExecutable(shellcheck), "skipped: no " + shellcheck);
    var script = fleet.platform.anonymous().get("/api/install/" + token(Map.of())).text();
    var file = Files.writeString(folder.resolve("checked.sh"), script);
    var output = folder.resolve("findings.txt");
    var process =
        new ProcessBuilder(shellcheck.toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output)).isEmpty();
  }

  private String run(String script, Path root, Path agent, String... words) throws Exception {
    var file = Files.writeString(folder.resolve("install.sh"), script);
    var output = folder.resolve("output.txt");
    var command = new ArrayList<>(List.of("/bin/sh", file.toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command);
    builder.environment().put("SLIPWAY_ROOT", root.toString());
    builder.environment().put("SLIPWAY_AGENT", agent.toString());
    var process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    var said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static Map<String, String> environment(String said, Path root) throws IOException {
    assertThat(said).contains("this machine is server");
    var values = new HashMap<String, String>();
    for (var line : Files.readAllLines(root.resolve("etc/permanu-agent.env"))) {
      values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return values;
  }
}
