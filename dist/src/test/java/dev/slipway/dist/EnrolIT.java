package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A machine below a folder becomes a server, renews itself on demand, and leaves again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnrolIT {
  private static final Path PROGRAM = Path.of("target/slipway/bin/slipway").toAbsolutePath();

  @TempDir Path root;
  private Node node;
  private Map<String, String> headers;

  @BeforeAll
  void start() throws Exception {
    node = Node.quiet();
    node.start("--agent", "process");
    var client = new Client(node);
    client.login(Node.EMAIL, Node.PASSWORD);
    headers = client.headers();
  }

  @AfterAll
  void stop() throws Exception {
    node.close();
  }

  private JsonNode ask(String method, String path, String body, int status) throws IOException {
    var answer = Web.send(method, node.url() + path, headers, body);
    assertThat(answer.status()).as(path + "\n" + answer.text()).isEqualTo(status);
    return answer.json();
  }

  /** What an operator types, as somebody without root's rights and below a folder. */
  private void run(String command, String... words) throws Exception {
    var typed = command.replace("| sudo sh", "| sh -s -- " + String.join(" ", words));
    var builder = new ProcessBuilder("/bin/sh", "-c", typed).redirectErrorStream(true);
    builder.environment().put("SLIPWAY_ROOT", root.toString());
    builder.environment().put("SLIPWAY_AGENT", PROGRAM + " agent");
    var output = root.resolve("output");
    var process = builder.redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  private Path environment() {
    return root.resolve("etc/permanu-agent.env");
  }

  private String setting(String name) throws IOException {
    return Files.readAllLines(environment()).stream()
        .filter(line -> line.startsWith(name + "="))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode server(String id) throws IOException {
    return ask("GET", "/api/servers/" + id, "", 200).path("server");
  }

  private void awaitOnline(String id) throws InterruptedException {
    Await.until(id + " is online", () -> server(id).path("status").asText().equals("online"));
  }

  private String local() throws IOException {
    return ask("GET", "/api/servers?search=local", "", 200).at("/servers/0/id").asText();
  }

  /** The command that renews ends well although the secret it would be reported with is void. */
  private void renew(String id) throws Exception {
    var asked = ask("POST", "/api/servers/" + id + "/agent/re-enroll", "", 202);
    var command = asked.path("command_id").asText();
    Await.until(
        "the renewal has ended",
        () -> {
          for (var each :
              ask("GET", "/api/servers/" + id + "/agent/commands", "", 200).path("commands")) {
            if (each.path("id").asText().equals(command)) {
              assertThat(each.path("status").asText()).as("%s", each).isNotEqualTo("failed");
              return each.path("status").asText().equals("completed");
            }
          }
          return false;
        });
    Await.until(
        "it is heard again",
        () ->
            Web.send("POST", node.url() + "/api/servers/" + id + "/agent/ping", headers, "")
                    .status()
                == 200);
  }

  @Test
  void aMachineComesRenewsItselfAndGoes() throws Exception {
    Files.createDirectories(environment().getParent());
    Files.writeString(
        environment(),
        "SLIPWAY_AGENT_RUNTIME=process\nAGENT_HEARTBEAT_SECONDS=1\nSLIPWAY_AGENT_EDGE=127.0.0.1:"
            + Ports.free()
            + "\n");
    Files.writeString(root.resolve("etc/machine-id"), "0123456789abcdef0123456789abcdef\n");
    var script =
        ask("POST", "/api/install-tokens", "{\"name\":\"staged\"}", 201)
            .path("install_command")
            .asText();
    run(script);
    var id = setting("SERVER_ID").substring("SERVER_ID=".length());
    try {
      awaitOnline(id);
      var secret = setting("AGENT_SECRET");
      renew(id);
      assertThat(setting("AGENT_SECRET")).isNotEqualTo(secret);
      assertThat(setting("SERVER_ID")).isEqualTo("SERVER_ID=" + id);
      run(script);
      assertThat(setting("SERVER_ID")).isEqualTo("SERVER_ID=" + id);
      awaitOnline(id);
    } finally {
      run(script, "--uninstall");
    }
    assertThat(environment()).doesNotExist();
    assertThat(root.resolve("var/lib/permanu-agent")).doesNotExist();
  }

  @Test
  void theLocalAgentRenewsItselfToo() throws Exception {
    Await.until("it is there", () -> !local().isEmpty());
    var id = local();
    awaitOnline(id);
    renew(id);
    assertThat(local()).isEqualTo(id);
  }
}
