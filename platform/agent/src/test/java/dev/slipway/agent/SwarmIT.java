package dev.slipway.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.host.HostImage;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks on a real engine, which is a manager of a swarm of its own for as long as it takes. */
class SwarmIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String RUN = Long.toString(System.nanoTime(), 36);
  private static final String STACK = "it-" + RUN;
  private static final String OF_STACK = "label=com.docker.stack.namespace=" + STACK;

  /** A network that an engine makes when it joins a swarm, and forgets when it leaves. */
  private static final String GATEWAY = "docker_gwbridge";

  private static final String REFUSED = "the engine of this server is no manager of a swarm";

  /** {@code web} shows a config and a secret; {@code more} only runs, until it is pruned. */
  private static final String FILE =
      """
      services:
        web:
          image: @IMAGE@
          command: sh -c "cat /page /run/secrets/word > /data/index.html; @COMMAND@"
          init: true
          stop_grace_period: 1s
          configs: [page]
          secrets: [word]
          volumes: ["data:/data"]
          networks: [inner]
          ports: [{target: 80, published: @PORT@, mode: host}]
          deploy:
            update_config: {monitor: 1s, failure_action: pause}
            rollback_config: {monitor: 1s}
            restart_policy: {delay: 200ms}
            resources: {limits: {pids: 50}}
        @MORE@
      networks: {inner: {}}
      volumes: {data: {}}
      configs: {page: {file: ./page.txt}}
      secrets: {word: {file: word.txt}}
      """;

  private static final String SERVE = "exec httpd -f -p 80 -h /data";

  private static final String MORE =
      """
      more:
          image: @IMAGE@
          command: sleep 600
          init: true
          stop_grace_period: 1s
          networks: [inner]
          deploy: {mode: global, update_config: {monitor: 1s}}
      """;

  private static final String OTHER =
      """
      services:
        a:
          image: @IMAGE@
          command: @COMMAND@
          init: true
          stop_grace_period: 1s
          deploy: {update_config: {monitor: 1s}, restart_policy: {delay: 200ms}}
      """;

  @TempDir static Path folder;
  private static String engine;
  private static HostImage image;
  private static FakeControlPlane plane;
  private static AgentProgram agent;
  private static boolean joined;
  private static boolean hadGateway;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    var access = TestEngine.settings("SwarmIT");
    engine = access.get("DOCKER_HOST");
    image = new HostImage(engine, "slipway-swarm-" + RUN + ":1", folder.resolve("image"));
    image.make();
    port = AgentProgram.freePort();
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), access);
    if (!isManager()) {
      refusesWithoutASwarm();
      join();
    }
  }

  private static void join() throws Exception {
    hadGateway = !docker("network", "ls", "--quiet", "--filter", "name=" + GATEWAY).isEmpty();
    try {
      docker("swarm", "init", "--advertise-addr", "127.0.0.1", "--listen-addr", "127.0.0.1:2377");
      joined = true;
      docker("network", "create", "--driver", "overlay", "--internal", "try-" + RUN);
      var service =
          "service create --detach --quiet --no-resolve-image --restart-condition none"
              + " --name @ --network @ ".replace("@", "try-" + RUN);
      docker((service + image.name() + " true").split(" "));
    } catch (IOException e) {
      TestEngine.skipUnless("SwarmIT", false, "no swarm here: " + e.getMessage());
    }
    Await.until("a task ends", () -> stateOfTry().matches("Complete.*|Failed.*|Rejected.*"));
    TestEngine.skipUnless(
        "SwarmIT", stateOfTry().startsWith("Complete"), "no overlay network here: " + stateOfTry());
  }

  private static String stateOfTry() throws IOException {
    return docker("service", "ps", "--format", "{{.CurrentState}} {{.Error}}", "try-" + RUN);
  }

  /** Nothing of the swarm stays, so that other tests have the engine as it was. */
  @AfterAll
  static void stop() throws Exception {
    if (agent != null) {
      agent.close();
      plane.close();
    }
    if (joined) {
      docker("swarm", "leave", "--force");
      Await.until("nothing runs", () -> containers("--quiet").isEmpty());
    }
    if (image != null) {
      for (var container : containers("--all").lines().toList()) {
        docker("rm", "--force", container);
      }
      for (var volume : docker("volume", "ls", "--quiet", "--filter", OF_STACK).lines().toList()) {
        docker("volume", "rm", "--force", volume);
      }
      image.close();
    }
    if (joined && !hadGateway) {
      docker("network", "rm", GATEWAY);
    }
  }

  private static String containers(String which) throws IOException {
    return docker("ps", "--quiet", which, "--filter", "name=" + RUN);
  }

  private static boolean isManager() throws Exception {
    return docker("info", "--format", "{{.Swarm.ControlAvailable}}").equals("true");
  }

  private static String docker(String... words) throws IOException {
    try {
      return HostImage.docker(engine, words).strip();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static SentCommand send(String type, Map<String, ?> payload) throws Exception {
    return plane.send(
        CommandType.valueOf("COMMAND_TYPE_SWARM_" + type), JSON.writeValueAsString(payload));
  }

  private static SentCommand.Result ask(String type, Map<String, ?> payload) throws Exception {
    return send(type, payload).await(LIMIT);
  }

  private static String done(String type, Map<String, ?> payload) throws Exception {
    var result = ask(type, payload);
    assertThat(result.status()).as(result.output()).isEqualTo("completed");
    return result.output();
  }

  private static String failure(String type, Map<String, ?> payload) throws Exception {
    var result = ask(type, payload);
    assertThat(result.status()).as(result.output()).isEqualTo("failed");
    return result.output();
  }

  private static Map<String, Object> of(String stack) {
    return new HashMap<>(Map.of("stack_name", stack));
  }

  private static Map<String, Object> order(String stack, String file) {
    var order = of(stack);
    order.put("compose_content", file.replace("@IMAGE@", image.name()));
    order.put("resolve_image", "never");
    return order;
  }

  private static Map<String, Object> order(String page, String command, String more) {
    var file =
        FILE.replace("@COMMAND@", command)
            .replace("@PORT@", String.valueOf(port))
            .replace("@MORE@", more);
    var order = order(STACK, file);
    order.put("extra_files", Map.of("page.txt", page, "word.txt", "hush"));
    return order;
  }

  private static List<JsonNode> lines(JsonNode report, String key) throws Exception {
    var lines = new ArrayList<JsonNode>();
    for (var line : report.get(key).asText().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static String shown() throws IOException {
    return EdgeClient.get(port, "any", "/").text();
  }

  private static void refusesWithoutASwarm() throws Exception {
    for (var type : List.of("STACK_REMOVE", "STACK_STATUS")) {
      assertThat(failure(type, of(STACK))).isEqualTo(REFUSED);
    }
    assertThat(failure("STACK_DEPLOY", order("one", SERVE, ""))).isEqualTo(REFUSED);
    var service = of(STACK);
    service.put("service_name", "web");
    assertThat(failure("SERVICE_ROLLBACK", service)).isEqualTo(REFUSED);
  }

  @Test
  void runsAStackChangesItGoesBackAndRemovesIt() throws Exception {
    // A swarm takes its time with each change, so another stack has its own beside this one.
    var other = "other-" + RUN;
    var begun = send("STACK_DEPLOY", order(other, OTHER.replace("@COMMAND@", "sleep 600")));
    assertThat(done("STACK_DEPLOY", order("one", SERVE, MORE)).lines())
        .containsExactly(
            "Creating network " + STACK + "_inner",
            "Creating service " + STACK + "_web",
            "Creating service " + STACK + "_more");
    assertThat(shown()).endsWith("onehush");
    saysWhatRuns();
    var container = docker("ps", "--quiet", "--filter", "name=" + STACK + "_web");
    assertThat(docker("inspect", "--format", "{{.HostConfig.PidsLimit}}", container))
        .isEqualTo("50");

    var web = of(STACK);
    web.put("service_name", "web");
    assertThat(failure("SERVICE_ROLLBACK", web)).contains("does not have a previous spec");

    assertThat(begun.await(LIMIT).output()).endsWith("Creating service " + other + "_a");
    var failing = send("STACK_DEPLOY", order(other, OTHER.replace("@COMMAND@", "false")));
    var second = order("two", SERVE, "");
    second.put("prune", true);
    assertThat(done("STACK_DEPLOY", second))
        .startsWith("Removing service " + STACK + "_more\nUpdating service " + STACK + "_web");
    assertThat(shown()).endsWith("twohush");
    assertThat(docker("config", "ls", "--quiet", "--filter", OF_STACK).lines()).hasSize(2);

    assertThat(failing.await(LIMIT).status()).isEqualTo("failed");
    assertThat(failing.await(LIMIT).output())
        .startsWith("the update of " + other + "_a failed: update paused");
    var removed = send("STACK_REMOVE", of(other));
    assertThat(done("SERVICE_ROLLBACK", web)).isEqualTo(STACK + "_web rolled back");
    assertThat(shown()).endsWith("onehush");

    web.put("service_name", "other");
    assertThat(failure("SERVICE_ROLLBACK", web))
        .isEqualTo("no such service in stack " + STACK + ": other");

    assertThat(removed.await(LIMIT).status()).isEqualTo("completed");
    assertThat(done("STACK_REMOVE", of(STACK)))
        .isEqualTo("Removing service " + STACK + "_web\nRemoving network " + STACK + "_inner");
    for (var kind : List.of("service", "network", "config", "secret")) {
      assertThat(docker(kind, "ls", "--quiet", "--filter", OF_STACK)).as(kind).isEmpty();
    }
    assertThat(docker("volume", "ls", "--quiet", "--filter", OF_STACK)).isEqualTo(STACK + "_data");
    assertThat(failure("STACK_STATUS", of(STACK))).isEqualTo("nothing found in stack: " + STACK);
    assertThat(done("STACK_REMOVE", of(STACK))).isEqualTo("Nothing found in stack: " + STACK);
  }

  private static void saysWhatRuns() throws Exception {
    var report = JSON.readTree(done("STACK_STATUS", of(STACK)));
    assertThat(report.get("stack").asText()).isEqualTo(STACK);
    assertThat(lines(report, "services"))
        .extracting(row -> row.get("Name").asText() + " " + row.get("Mode").asText())
        .containsExactly(STACK + "_more global", STACK + "_web replicated");
    assertThat(lines(report, "services"))
        .allSatisfy(row -> assertThat(row.get("Replicas").asText()).isEqualTo("1/1"))
        .allSatisfy(row -> assertThat(row.get("Image").asText()).isEqualTo(image.name()));
    var task = lines(report, "tasks").getLast();
    assertThat(task.get("Name").asText()).isEqualTo(STACK + "_web.1");
    assertThat(task.get("CurrentState").asText()).matches("Running .* ago");
    assertThat(task.get("Ports").asText()).isEqualTo("*:" + port + "->80/tcp");
    // The very lines of the engine's own program, but for the time that passes.
    assertThat(lines(report, "services"))
        .isEqualTo(
            lines(
                JSON.valueToTree(
                    Map.of(
                        "services", docker("stack", "services", "--format", "{{json .}}", STACK))),
                "services"));
  }

  @Test
  void leavesWhatSomebodyElseHasDeployed() throws Exception {
    var theirs = "their-" + RUN;
    var service =
        "service create --detach --quiet --no-resolve-image --replicas 0"
            + " --name @_a --label com.docker.stack.namespace=@ ".replace("@", theirs);
    var id = docker((service + image.name() + " true").split(" "));
    var refusal = "somebody else has deployed the stack " + theirs;
    assertThat(failure("STACK_DEPLOY", order(theirs, "services: {a: {image: '@IMAGE@'}}")))
        .isEqualTo(refusal);
    assertThat(failure("STACK_REMOVE", of(theirs))).isEqualTo(refusal);
    assertThat(done("STACK_STATUS", of(theirs))).contains(theirs + "_a");
    docker("service", "rm", id);
  }

  /** By a registry that has one image of that name, and is asked for nothing else. */
  @Test
  void hasAllNodesRunTheImageThatTheNameMeansNow() throws Exception {
    var settings = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(UTF_8);
    var manifest =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",
         "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},
         "layers":[]}
        """
            .formatted(settings.length, digest(settings))
            .getBytes(UTF_8);
    var bodies =
        Map.of(
            "/v2/",
            "{}".getBytes(US_ASCII),
            "/v2/app/manifests/1",
            manifest,
            "/v2/app/manifests/" + digest(manifest),
            manifest,
            "/v2/app/blobs/" + digest(settings),
            settings);
    var registry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serve(registry, bodies));
    var stack = "named-" + RUN;
    try {
      var name = "127.0.0.1:" + registry.getLocalPort() + "/app:1";
      var order = order(stack, "services: {a: {image: '" + name + "', deploy: {replicas: 0}}}");
      order.put("detach", true);
      order.put("resolve_image", "always");
      done("STACK_DEPLOY", order);
      assertThat(imageOf(stack)).isEqualTo(name + "@" + digest(manifest));
      registry.close();
      order.put("resolve_image", "changed");
      done("STACK_DEPLOY", order);
      assertThat(imageOf(stack)).isEqualTo(name + "@" + digest(manifest));
      order.put("resolve_image", "always");
      assertThat(ask("STACK_DEPLOY", order).progress())
          .startsWith("warning: no registry has told which image " + name + " is");
      assertThat(imageOf(stack)).isEqualTo(name);
    } finally {
      registry.close();
      done("STACK_REMOVE", of(stack));
    }
  }

  private static String imageOf(String stack) throws Exception {
    return docker(
        "service",
        "inspect",
        "--format",
        "{{.Spec.TaskTemplate.ContainerSpec.Image}}",
        stack + "_a");
  }

  private static String digest(byte[] bytes) throws Exception {
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static void serve(ServerSocket registry, Map<String, byte[]> bodies) {
    while (!registry.isClosed()) {
      try (var client = registry.accept()) {
        answer(client, bodies);
      } catch (Exception e) {
        System.out.println("the registry has not answered: " + e);
      }
    }
  }

  private static void answer(Socket client, Map<String, byte[]> bodies) throws Exception {
    var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
    int first = in.read();
    if (first != 'G' && first != 'H') {
      // The engine tries it with TLS before it speaks plainly.
      return;
    }
    var words = in.readLine().split(" ");
    var body = bodies.get(words[1]);
    while (!in.readLine().isEmpty()) {
      // No header matters.
    }
    var out = client.getOutputStream();
    out.write(
        """
        HTTP/1.1 %s\r
        Content-Type: application/vnd.docker.distribution.manifest.v2+json\r
        Docker-Content-Digest: %s\r
        Content-Length: %d\r
        Connection: close\r
        \r
        """
            .formatted(
                body == null ? "404 Not Found" : "200 OK",
                body == null ? "" : digest(body),
                body == null ? 0 : body.length)
            .getBytes(US_ASCII));
    if (body != null && first == 'G') {
      out.write(body);
    }
  }
}
