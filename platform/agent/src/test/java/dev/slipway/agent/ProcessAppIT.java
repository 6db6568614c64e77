package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.proto.agent.v1.AppContainerMapping;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatResponse;
import dev.slipway.proto.agent.v1.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app from a repository to its route and beyond, with the agent as a process of its own. */
class ProcessAppIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private FakeControlPlane plane;
  private AgentProgram agent;

  @BeforeEach
  void start() throws Exception {
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    plane.close();
  }

  private static String json(Map<String, ?> payload) throws IOException {
    return JSON.writeValueAsString(payload);
  }

  private String cloneOf(SampleRepository repository, String commit) throws Exception {
    return plane.done(
        CommandType.COMMAND_TYPE_APP_CLONE,
        json(Map.of("repo_url", repository.url(), "branch", "main", "commit_sha", commit)));
  }

  private void build(String clone, String tag) throws Exception {
    plane.done(
        CommandType.COMMAND_TYPE_APP_BUILD,
        json(Map.of("image_tag", tag, "clone_dir", clone, "app_slug", "hello")));
  }

  private void deploy(String name, String tag) throws Exception {
    deploy(name, tag, "");
  }

  /**
   * As {@link #deploy(String, String)}.
   *
   * @param command starts it; empty for how its kind is started
   */
  private void deploy(String name, String tag, String command) throws Exception {
    var environment = Map.of("GREETING", "to you", "TOKEN", "tok-12345678");
    plane.done(
        CommandType.COMMAND_TYPE_APP_DEPLOY,
        json(
            Map.of(
                "container_name",
                name,
                "image_tag",
                tag,
                "env_vars",
                environment,
                "override_cmd",
                command)));
  }

  private void awaitHealthy(String name) throws Exception {
    var answer =
        plane.done(
            CommandType.COMMAND_TYPE_APP_DEPLOY,
            json(Map.of("container_name", name, "health_check_only", true)));
    assertThat(answer).isEqualTo("healthy");
  }

  private void route(String name) throws Exception {
    plane.done(
        CommandType.COMMAND_TYPE_APP_PROXY_SETUP,
        json(
            Map.of(
                "slug", "hello", "container_name", name, "domains", List.of("www.example.org"))));
  }

  private Optional<ContainerMetrics> reported(String name) {
    return plane.heartbeats.isEmpty()
        ? Optional.empty()
        : plane.lastHeartbeat().getContainersList().stream()
            .filter(c -> c.getName().equals(name))
            .findFirst();
  }

  private boolean reportedAs(String name, String status) {
    return reported(name).filter(c -> c.getStatus().equals(status)).isPresent();
  }

  private long pidOf(String name) throws IOException {
    var identity = folder.resolve("data/instances").resolve(name).resolve("identity");
    return Long.parseLong(Files.readAllLines(identity).get(1).split(" ")[0]);
  }

  /** Clone, build, deploy, wait, route. */
  private void bringUp(SampleRepository repository, String version, String name) throws Exception {
    var clone = cloneOf(repository, repository.commitCompiledHello(version));
    build(clone, "deploy-app-hello:" + version);
    deploy(name, "deploy-app-hello:" + version, SampleRepository.START);
    awaitHealthy(name);
    route(name);
  }

  @Test
  void anAppMayLieInAFolderOfItsRepository() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    var hello = SampleRepository.HELLO.replace("@VERSION@", "below");
    repository.link("/etc", "apps/outside");
    var clone =
        cloneOf(repository, repository.commit(Map.of("apps/web/Main.java", hello, "README", "")));
    build(clone + "/apps/web", "deploy-app-hello:below");
    deploy("deploy-app-hello-1", "deploy-app-hello:below");
    awaitHealthy("deploy-app-hello-1");
    for (var none : List.of("/apps/mobile", "/apps/outside", "/../..", "/.git", "/README")) {
      var refused =
          plane
              .send(
                  CommandType.COMMAND_TYPE_APP_BUILD,
                  json(Map.of("image_tag", "deploy-app-hello:x", "clone_dir", clone + none)))
              .await(Duration.ofSeconds(30));
      assertThat(refused.status()).as(none).isEqualTo("failed");
      assertThat(refused.output()).as(none).contains("nor a folder of the source in one", none);
    }
  }

  @Test
  void appRunsFromRepositoryToRoute() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    plane.answer = naming("deploy-app-hello-1");
    plane.logPushesToReject = 1;
    var clone = cloneOf(repository, repository.commitHello("one"));
    assertThat(clone).startsWith("/tmp/deploy-build-");
    var found =
        plane.done(CommandType.COMMAND_TYPE_APP_DETECT_FRAMEWORK, json(Map.of("clone_dir", clone)));
    assertThat(JSON.readTree(found).get("name").asText()).isEqualTo("java");
    assertThat(JSON.readTree(found).get("start_command").asText()).isEqualTo("java Main.java");
    build(clone, "deploy-app-hello:one");
    deploy("deploy-app-hello-1", "deploy-app-hello:one");
    awaitHealthy("deploy-app-hello-1");
    route("deploy-app-hello-1");

    var bySlug = EdgeClient.get(agent.edgePort(), "hello.localhost:8000", "/");
    assertThat(bySlug.status()).isEqualTo(200);
    assertThat(bySlug.text()).endsWith("version one to you");
    assertThat(EdgeClient.get(agent.edgePort(), "WWW.example.org", "/x").status()).isEqualTo(200);
    assertThat(EdgeClient.get(agent.edgePort(), "other.localhost", "/").status()).isEqualTo(404);

    Await.until("the instance is reported", () -> reportedAs("deploy-app-hello-1", "running"));
    Await.until(
        "requests are reported",
        () ->
            plane.heartbeats.stream()
                .flatMap(h -> h.getRouteMetricsList().stream())
                .anyMatch(r -> r.getDomain().equals("hello.localhost") && r.getStatus2Xx() > 0));
    Await.until(
        "both streams arrive",
        () ->
            plane.logs.stream().anyMatch(l -> l.getMessage().contains("version one listens"))
                && plane.logs.stream()
                    .anyMatch(l -> l.getMessage().equals("a word on the error stream")));
    var line =
        plane.logs.stream()
            .filter(l -> l.getMessage().contains("version one listens"))
            .findFirst()
            .orElseThrow();
    assertThat(line.getMessage()).isEqualTo("version one listens, token [REDACTED]");
    assertThat(line.getAppId()).isEqualTo("app-1");
    assertThat(line.getDeploymentId()).isEqualTo("deployment-1");
    assertThat(line.getFieldsMap())
        .containsEntry("stream", "stdout")
        .containsEntry("app_slug", "hello");
    assertThat(plane.rejectedLogPushes.get()).isEqualTo(1);

    var logs =
        plane
            .send(
                CommandType.COMMAND_TYPE_APP_LOGS,
                json(Map.of("container_name", "deploy-app-hello-1")))
            .await(Duration.ofSeconds(20));
    assertThat(logs.output()).isEqualTo("log stream ended");
    assertThat(logs.progress()).contains("token [REDACTED]").doesNotContain("tok-12345678");

    var removed = plane.done(CommandType.COMMAND_TYPE_EXEC, json(Map.of("clone_dir", clone)));
    assertThat(removed).isEqualTo("removed build dir " + clone);
    assertThat(Path.of(clone)).doesNotExist();
    plane.done(
        CommandType.COMMAND_TYPE_APP_STOP, json(Map.of("container_name", "deploy-app-hello-1")));
    assertThat(EdgeClient.get(agent.edgePort(), "hello.localhost", "/").status()).isEqualTo(502);
    assertThat(plane.acknowledged).contains("command-1");
    assertThat(agent.output())
        .doesNotContain(FakeControlPlane.SECRET)
        .doesNotContain("tok-12345678");
  }

  @Test
  void theFirstLineIsTheAppsThoughItsNameComesLater() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    var clone = cloneOf(repository, repository.commitHello("one"));
    build(clone, "deploy-app-hello:one");
    Await.until("the agent has heard of no app", () -> plane.heartbeats.size() > 1);
    plane.answering.lock();
    try {
      plane.answer = naming("deploy-app-hello-1");
      plane.done(
          CommandType.COMMAND_TYPE_APP_DEPLOY,
          json(
              Map.of(
                  "container_name", "deploy-app-hello-1",
                  "image_tag", "deploy-app-hello:one",
                  "override_cmd", "echo the first line; exec sleep 300")));
      Await.until("the line is read", () -> logOf("deploy-app-hello-1").contains("first line"));
    } finally {
      plane.answering.unlock();
    }
    Await.until("the line arrives", () -> !arrived("the first line").isEmpty());
    assertThat(arrived("the first line").getFirst().getAppId()).isEqualTo("app-1");
  }

  private static HeartbeatResponse naming(String container) {
    return HeartbeatResponse.newBuilder()
        .setAccepted(true)
        .addAppContainers(
            AppContainerMapping.newBuilder()
                .setContainerName(container)
                .setAppId("app-1")
                .setDeploymentId("deployment-1"))
        .build();
  }

  private String logOf(String name) throws InterruptedException, IOException {
    return plane
        .send(CommandType.COMMAND_TYPE_APP_LOGS, json(Map.of("container_name", name)))
        .await(Duration.ofSeconds(20))
        .progress();
  }

  private List<LogEntry> arrived(String message) {
    return plane.logs.stream().filter(line -> line.getMessage().equals(message)).toList();
  }

  @Test
  void theNextAgentEndsWhatAKilledOneLeft() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    var commit = repository.commitHello("one");
    var unknown = Path.of(cloneOf(repository, commit));
    var known = Path.of(cloneOf(repository, commit));
    var marker = folder.resolve("marker");
    plane.send(
        CommandType.COMMAND_TYPE_APP_BUILD,
        json(
            Map.of(
                "image_tag",
                "deploy-app-hello:slow",
                "clone_dir",
                known.toString(),
                "build_command",
                "cd /; sleep 300 & echo $! > " + marker + "; wait")));
    Await.until("the build runs", () -> marker.toFile().length() > 0);
    var child = ProcessHandle.of(Long.parseLong(Files.readString(marker).strip())).orElseThrow();
    agent.kill();
    assertThat(child.isAlive()).isTrue();
    assertThat(drafts()).hasSize(1);

    agent = AgentProgram.start(folder.resolve("data"), plane.port(), Map.of());
    Await.until("the build has ended", () -> !child.isAlive());
    Await.until("its draft is gone", () -> drafts().isEmpty());
    Await.until("the agent is up", () -> plane.streamsOpened() == 2);
    assertThat(unknown).as("nobody ever named it").doesNotExist();
    assertThat(known).as("the build may be asked for again").exists();
    plane.done(CommandType.COMMAND_TYPE_EXEC, json(Map.of("clone_dir", known.toString())));
    assertThat(known).doesNotExist();
  }

  private List<Path> drafts() throws IOException {
    try (var images = Files.newDirectoryStream(folder.resolve("data/images"), ".draft-*")) {
      return StreamSupport.stream(images.spliterator(), false).toList();
    }
  }

  @Test
  void switchUnderLoadFailsNoRequest() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    bringUp(repository, "one", "deploy-app-hello-1");
    var running = new AtomicBoolean(true);
    var answered = new AtomicInteger();
    var newer = new AtomicInteger();
    var faults = new ConcurrentLinkedQueue<String>();
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (running.get()) {
                      try {
                        var answer = EdgeClient.get(agent.edgePort(), "hello.localhost", "/");
                        if (answer.status() != 200) {
                          faults.add(answer.text());
                        }
                        answered.incrementAndGet();
                        if (answer.text().contains("version two")) {
                          newer.incrementAndGet();
                        }
                      } catch (IOException e) {
                        faults.add(e.toString());
                      }
                    }
                  }));
    }
    Await.until("requests flow", () -> answered.get() > 50);
    bringUp(repository, "two", "deploy-app-hello-2");
    plane.done(
        CommandType.COMMAND_TYPE_APP_STOP, json(Map.of("container_name", "deploy-app-hello-1")));
    Await.until("the new version answers", () -> newer.get() > 50);
    running.set(false);
    for (var client : clients) {
      client.join();
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void appSurvivesTheAgentsDeathAndIsAdopted() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    bringUp(repository, "one", "deploy-app-hello-1");
    long app = pidOf("deploy-app-hello-1");
    int edge = agent.edgePort();
    agent.kill();
    assertThat(ProcessHandle.of(app)).isPresent();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), edge, Map.of());
    plane.heartbeats.clear();
    Await.until("the app is reported again", () -> reportedAs("deploy-app-hello-1", "running"));
    assertThat(pidOf("deploy-app-hello-1")).isEqualTo(app);
    assertThat(EdgeClient.get(edge, "hello.localhost", "/").status()).isEqualTo(200);

    // An adopted app is supervised like any other: it comes back when it dies.
    ProcessHandle.of(app).orElseThrow().destroyForcibly();
    Await.until(
        "the app is started again",
        () ->
            reported("deploy-app-hello-1")
                .filter(c -> c.getRestartCount() == 1 && c.getStatus().equals("running"))
                .isPresent());
    awaitHealthy("deploy-app-hello-1");
    assertThat(pidOf("deploy-app-hello-1")).isNotEqualTo(app);
    assertThat(EdgeClient.get(edge, "hello.localhost", "/").status()).isEqualTo(200);
  }

  @Test
  void orderlyEndStopsAppsAndTheNextStartBringsThemBack() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    bringUp(repository, "one", "deploy-app-hello-1");
    long app = pidOf("deploy-app-hello-1");
    agent.terminate();
    assertThat(ProcessHandle.of(app).filter(ProcessHandle::isAlive)).isEmpty();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), Map.of());
    awaitHealthy("deploy-app-hello-1");
    assertThat(EdgeClient.get(agent.edgePort(), "hello.localhost", "/").status()).isEqualTo(200);
  }

  /** A wrapper that does what the tool would do with it, from what a JDK has. */
  private static final String WRAPPER =
      """
      #!/bin/sh
      mkdir -p target/classes && javac -d target/classes Main.java &&
        jar -c -f target/app.jar -e Main -C target/classes .
      """;

  @Test
  void anAppThatSaysNothingIsBuiltAndStartedAsItsKindIs() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    var wrapper = Files.writeString(folder.resolve("mvnw"), WRAPPER);
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    repository.place(wrapper, "mvnw");
    var program = SampleRepository.HELLO.replace("@VERSION@", "built");
    var commit = repository.commit(Map.of("pom.xml", "<project/>", "Main.java", program));
    build(cloneOf(repository, commit), "deploy-app-hello:one");
    deploy("deploy-app-hello-1", "deploy-app-hello:one");
    awaitHealthy("deploy-app-hello-1");
    route("deploy-app-hello-1");
    assertThat(EdgeClient.get(agent.edgePort(), "hello.localhost", "/").text())
        .endsWith("version built to you");
  }

  @Test
  void failuresNameTheirReason() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    var clone = cloneOf(repository, repository.commit(Map.of("index.txt", "nothing to start")));
    var broken =
        plane
            .send(
                CommandType.COMMAND_TYPE_APP_BUILD,
                json(
                    Map.of(
                        "image_tag",
                        "deploy-app-hello:x",
                        "clone_dir",
                        clone,
                        "build_env_vars",
                        Map.of("KEY", "build-secret-1"),
                        "build_command",
                        "echo the key is $KEY; exit 3")))
            .await(Duration.ofSeconds(30));
    assertThat(broken.status()).isEqualTo("failed");
    assertThat(broken.output()).isEqualTo("build command failed (exit 3)\nthe key is [REDACTED]");
    build(clone, "deploy-app-hello:y");
    var noStart =
        plane
            .send(
                CommandType.COMMAND_TYPE_APP_DEPLOY,
                json(
                    Map.of(
                        "container_name", "deploy-app-hello-1", "image_tag", "deploy-app-hello:y")))
            .await(Duration.ofSeconds(30));
    assertThat(noStart.status()).isEqualTo("failed");
    assertThat(noStart.output()).startsWith("no start command").contains("package.json");
    var unknown =
        plane
            .send(CommandType.COMMAND_TYPE_APP_DETECT_FRAMEWORK, json(Map.of("clone_dir", clone)))
            .await(Duration.ofSeconds(30));
    assertThat(unknown.output())
        .startsWith("no known kind of app was found in the source; looked for Dockerfile")
        .contains("Gemfile", "index.html");
    plane.done(
        CommandType.COMMAND_TYPE_APP_DEPLOY,
        json(
            Map.of(
                "container_name", "deploy-app-hello-1",
                "image_tag", "deploy-app-hello:y",
                "restart_policy", "no",
                "override_cmd", "echo cannot open the database >&2; exit 4")));
    var unhealthy =
        plane
            .send(
                CommandType.COMMAND_TYPE_APP_DEPLOY,
                json(Map.of("container_name", "deploy-app-hello-1", "health_check_only", true)))
            .await(Duration.ofSeconds(30));
    assertThat(unhealthy.status()).isEqualTo("failed");
    assertThat(unhealthy.output())
        .isEqualTo(
            "health check failed: the app ended (exited with code 4)\ncannot open the database");
    assertThat(plane.sendNumber(99_999, "{}").await(Duration.ofSeconds(10)).output())
        .startsWith("invalid_command_type: ");
    assertThat(
            plane
                .send(CommandType.COMMAND_TYPE_SQL_EXEC, "{}")
                .await(Duration.ofSeconds(10))
                .output())
        .isEqualTo("unsupported_command_type: COMMAND_TYPE_SQL_EXEC");
  }

  private void begin(String name, String command) throws Exception {
    plane.done(
        CommandType.COMMAND_TYPE_APP_DEPLOY,
        json(
            Map.of(
                "container_name", name,
                "image_tag", "deploy-app-hello:w",
                "process_name", "worker",
                "restart_policy", "no",
                "override_cmd", command)));
  }

  private Map<?, ?> look(String name) throws InterruptedException, IOException {
    var answer =
        plane
            .send(
                CommandType.COMMAND_TYPE_WAIT_FOR_HEALTHY,
                json(Map.of("container_name", name, "condition", "started")))
            .await(Duration.ofSeconds(20));
    return JSON.readValue(answer.output(), Map.class);
  }

  @Test
  void aProcessIsSeenToDieAndIsRestartedOnceItIsKept() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    var clone = cloneOf(repository, repository.commit(Map.of("index.txt", "a worker")));
    build(clone, "deploy-app-hello:w");
    begin("deploy-app-hello-1-worker-1", "echo no queue here >&2; exit 3");
    Await.until(
        "it has ended", () -> look("deploy-app-hello-1-worker-1").get("running").equals(false));
    assertThat(look("deploy-app-hello-1-worker-1").get("message"))
        .isEqualTo("exited: exited with code 3");
    assertThat(look("deploy-app-hello-1-worker-1").get("output")).isEqualTo("no queue here");

    var name = "deploy-app-hello-2-worker-1";
    begin(name, "echo works; exec sleep 300");
    assertThat(look(name).get("running")).isEqualTo(true);
    assertThat(look(name).containsKey("output")).isFalse();
    plane.done(CommandType.COMMAND_TYPE_SERVICE_START, json(Map.of("container_name", name)));
    var first = pidOf(name);
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    Await.until(
        "it is started again",
        () -> reported(name).filter(c -> c.getRestartCount() == 1).isPresent());
    Await.until("it runs", () -> look(name).get("running").equals(true));
    assertThat(pidOf(name)).isNotEqualTo(first);
    Await.until("its lines come", () -> arrived("works").size() == 2);
    assertThat(arrived("works").getFirst().getFieldsOrThrow("process")).isEqualTo("worker");
  }

  @Test
  void cancelEndsTheCommandAndItsProcesses() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    var clone = cloneOf(repository, repository.commitHello("one"));
    var marker = folder.resolve("marker");
    var build =
        plane.send(
            CommandType.COMMAND_TYPE_APP_BUILD,
            json(
                Map.of(
                    "image_tag",
                    "deploy-app-hello:slow",
                    "clone_dir",
                    clone,
                    "build_command",
                    "echo started; sleep 300 & echo $! > " + marker + "; wait")));
    Await.until(
        "the build runs", () -> build.progress().contains("started") && Files.exists(marker));
    Await.until("the child is known", () -> marker.toFile().length() > 0);
    long child = Long.parseLong(Files.readString(marker).strip());
    var cancel =
        plane
            .send(
                CommandType.COMMAND_TYPE_CANCEL_COMMAND,
                json(Map.of("cancel_command_id", build.id())))
            .await(Duration.ofSeconds(10));
    assertThat(cancel.output()).isEqualTo("cancelled cmd=" + build.id());
    var result = build.await(Duration.ofSeconds(20));
    assertThat(result.status()).isEqualTo("cancelled");
    Await.until(
        "its child is gone",
        () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    var again =
        plane
            .send(
                CommandType.COMMAND_TYPE_CANCEL_COMMAND,
                json(Map.of("cancel_command_id", build.id())))
            .await(Duration.ofSeconds(10));
    assertThat(again.output()).isEqualTo("no such command cmd=" + build.id());
  }

  @Test
  void agentReconnectsToARestartedControlPlane() throws Exception {
    Await.until(
        "the agent is here", () -> plane.streamsOpened() == 1 && !plane.heartbeats.isEmpty());
    int port = plane.port();
    plane.close();
    plane = FakeControlPlane.restartOn(port);
    var status = JSON.readTree(plane.done(CommandType.COMMAND_TYPE_AGENT_STATUS, "{}"));
    assertThat(status.get("runtime").asText()).isEqualTo("process");
    assertThat(status.get("edge_url").asText()).isEqualTo("http://localhost:" + agent.edgePort());
    assertThat(status.get("public_host").asText()).isEqualTo("localhost");
    Await.until("heartbeats arrive again", () -> !plane.heartbeats.isEmpty());
    var system = plane.lastHeartbeat().getSystem();
    assertThat(system.getMemoryTotalMb()).isPositive();
    assertThat(system.getDiskTotalMb()).isPositive();
    assertThat(system.getCpuCores()).isPositive();
    assertThat(system.getTopProcessesCount()).isBetween(1, 30);
    assertThat(plane.lastHeartbeat().getAgentX25519Pubkey().size()).isEqualTo(32);
  }

  @Test
  void somebodyTalksToACommandBesideAnInstance() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository"));
    bringUp(repository, "one", "deploy-app-hello-1");
    var order = new HashMap<String, Object>();
    order.put("session_id", "s-1");
    order.put("container_name", "deploy-app-hello-1");
    order.put("columns", 100);
    order.put("rows", 30);
    var command = plane.send(CommandType.COMMAND_TYPE_TERMINAL, json(order));
    var side = plane.terminals.poll(30, TimeUnit.SECONDS);
    side.type("echo $GREETING; stty size; test -t 0 && echo on a terminal\n");
    Await.until("it has a size", () -> side.shown.toString().contains("30 100"));
    assertThat(side.session).isEqualTo("s-1");
    assertThat(side.shown).contains("to you").contains("on a terminal");
    side.resize(132, 50);
    Await.until(
        "it has another size",
        () -> {
          side.type("stty size\n");
          return side.shown.toString().contains("50 132");
        });
    side.type("exit 7\n");
    assertThat(side.end.get(30, TimeUnit.SECONDS).getEnd().getExitCode()).isEqualTo(7);
    assertThat(command.await(Duration.ofSeconds(30)).output()).isEqualTo("exit 7");

    order.put("command", List.of("/bin/sh", "-c", "trap '' HUP; echo $$; exec sleep 600"));
    var second = plane.send(CommandType.COMMAND_TYPE_TERMINAL, json(order));
    var left = plane.terminals.poll(30, TimeUnit.SECONDS);
    Await.until("it runs", () -> left.shown.toString().matches("\\d+\\r?\\n"));
    var pid = Long.parseLong(left.shown.toString().strip());
    left.agent.onCompleted();
    Await.until("it is hung up on", () -> ProcessHandle.of(pid).isEmpty());
    second.await(Duration.ofSeconds(30));

    order.put("container_name", "deploy-app-gone-1");
    var refused = plane.send(CommandType.COMMAND_TYPE_TERMINAL, json(order));
    assertThat(refused.await(Duration.ofSeconds(30)).output()).startsWith("no such container");
  }
}
