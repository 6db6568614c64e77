package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.proto.agent.v1.AppContainerMapping;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.HeartbeatResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apps that a Compose file describes, on a real engine; skipped where none answers. */
class ComposeAppIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofMinutes(4);

  /**
   * {@code db} writes a word into its volume once and shows it; {@code web} fetches it by the name
   * of the service when it starts, and shows it beside its own version.
   */
  private static final String FILE =
      """
      services:
        web:
          build: {context: ., args: {VERSION: "@VERSION@"}}
          command: sh -c "wget -q -O /www/db http://db:7000/ && echo $$GREETING > /www/greeting && exec httpd -f -p $$PORT -h /www"
          environment: [GREETING]
          init: true
          stop_grace_period: 1s
          env_file: [{path: web.env, required: false}]
          ports: ["8080:3000"]
          depends_on:
            db: {condition: service_healthy}
        db:
          build: .
          command: sh -c "[ -f /data/index.html ] || cat /proc/sys/kernel/random/uuid > /data/index.html; @DB@ exec httpd -f -p 7000 -h /data"
          init: true
          stop_grace_period: 1s
          volumes: ["data:/data"]
          healthcheck:
            test: wget -q -O /dev/null http://127.0.0.1:7000/
            interval: 1s
            retries: 2
        @MORE@
      volumes: {data: {}}
      """;

  private static final String DOCKERFILE =
      """
      FROM scratch
      COPY busybox /bin/busybox
      RUN ["/bin/busybox","--install","/bin"]
      ARG VERSION
      RUN mkdir /www /data; echo version $VERSION > /www/index.html
      """;

  private static final String ENDING_WELL =
      """
      store: {build: ., command: [sh, -c, "trap 'exit 0' TERM; while :; do sleep 1 & wait $$!; done"]}
        once: {build: ., command: [echo, ran]}
        migration: {build: ., command: [echo, ran]}
        after:
          build: .
          command: sleep 1000
          init: true
          stop_grace_period: 1s
          depends_on: {migration: {condition: service_completed_successfully}}
      """;

  /** Of its own for each run, so that runs beside each other do not meet. */
  private final String slug = "it-" + Long.toString(System.nanoTime(), 36);

  @TempDir Path folder;
  private FakeControlPlane plane;
  private AgentProgram agent;

  @BeforeEach
  void start() throws Exception {
    var engine = TestEngine.settings("ComposeAppIT");
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), engine);
  }

  @AfterEach
  void stop() throws Exception {
    if (plane != null) {
      plane.send(CommandType.COMMAND_TYPE_APP_CLEANUP, json(Map.of("app_slug", slug))).await(LONG);
      agent.close();
      plane.close();
    }
  }

  private static String json(Map<String, ?> payload) throws IOException {
    return JSON.writeValueAsString(payload);
  }

  private String file(String version, String db, String more) {
    return FILE.replace("@VERSION@", version).replace("@DB@", db).replace("@MORE@", more);
  }

  private String cloneOf(Map<String, String> files) throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository-" + System.nanoTime()));
    repository.place(TestEngine.BUSYBOX, "busybox");
    var all = new HashMap<>(Map.of("Dockerfile", DOCKERFILE));
    all.putAll(files);
    repository.commit(all);
    return plane.done(
        CommandType.COMMAND_TYPE_APP_CLONE, json(Map.of("repo_url", repository.url())));
  }

  private SentCommand.Result build(String tag, String clone) throws Exception {
    return plane
        .send(
            CommandType.COMMAND_TYPE_COMPOSE_UP,
            json(
                Map.of(
                    "build_only",
                    true,
                    "clone_dir",
                    clone,
                    "image_tag",
                    image(tag),
                    "app_slug",
                    slug,
                    "env_vars",
                    Map.of("GREETING", "greetings-1234"))))
        .await(LONG);
  }

  private String image(String tag) {
    return "deploy-app-" + slug + ":" + tag;
  }

  private String instance(String tag) {
    return "deploy-app-" + slug + "-" + tag;
  }

  private SentCommand.Result up(String tag, boolean settle) throws Exception {
    return plane
        .send(
            CommandType.COMMAND_TYPE_COMPOSE_UP,
            json(
                Map.of(
                    "project_name",
                    slug,
                    "app_slug",
                    slug,
                    "container_name",
                    instance(tag),
                    "image_tag",
                    image(tag),
                    "env_vars",
                    Map.of("GREETING", "greetings-1234"),
                    "memory_mb",
                    64,
                    "services_only",
                    settle)))
        .await(LONG);
  }

  private void route(String tag) throws Exception {
    var name = instance(tag);
    assertThat(
            plane.done(
                CommandType.COMMAND_TYPE_APP_DEPLOY,
                json(Map.of("container_name", name, "health_check_only", true))))
        .isEqualTo("healthy");
    plane.done(
        CommandType.COMMAND_TYPE_APP_PROXY_SETUP,
        json(Map.of("slug", slug, "container_name", name)));
  }

  /** Builds a version, starts it and leads the requests to it. */
  private void live(String tag, String file) throws Exception {
    var build = build(tag, cloneOf(Map.of("compose.yaml", file)));
    assertThat(build.status()).as(build.output()).isEqualTo("completed");
    var up = up(tag, false);
    assertThat(up.status()).as(up.output()).isEqualTo("completed");
    route(tag);
  }

  private String shown(String path) throws Exception {
    return EdgeClient.get(agent.edgePort(), slug + ".localhost", path).text().strip();
  }

  /** The last line of an answer. */
  private String body(String path) throws Exception {
    var text = shown(path);
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  private boolean runs(String container) throws IOException, InterruptedException {
    return JSON.readTree(
            plane.done(
                CommandType.COMMAND_TYPE_WAIT_FOR_HEALTHY,
                json(Map.of("container_name", container, "condition", "started"))))
        .get("running")
        .asBoolean();
  }

  @Test
  void servicesComeUpAndVersionsTakeOver() throws Exception {
    live("one", file("one", "", "worker: {build: ., init: true, command: sleep 1000}"));
    assertThat(shown("/")).endsWith("version one");
    assertThat(shown("/greeting")).endsWith("greetings-1234");
    var word = body("/db");
    assertThat(word).hasSize(36);
    Await.until(
        "all of it is reported as one project",
        () ->
            plane.lastHeartbeat().getContainersList().stream()
                    .filter(c -> c.getComposeProject().equals(slug))
                    .count()
                == 3);

    live("two", file("two", "", ""));
    assertThat(shown("/")).endsWith("version two");
    assertThat(body("/db")).isEqualTo(word);
    assertThat(runs(instance("one-db"))).as("what has not changed is kept").isTrue();
    assertThat(runs(instance("two-db"))).isFalse();
    assertThat(runs(instance("one"))).as("the version before still runs").isTrue();
    assertThat(runs(instance("one-worker"))).isTrue();
    plane.done(CommandType.COMMAND_TYPE_APP_STOP, json(Map.of("container_name", instance("one"))));
    assertThat(up("two", true).output())
        .isEqualTo("{\"containers\":[\"" + instance("one-db") + "\"]}");
    assertThat(runs(instance("one-worker"))).as("what is not needed is gone").isFalse();

    live("three", file("three", "echo changed;", ""));
    assertThat(body("/db")).as("its data stays").isEqualTo(word);
    assertThat(runs(instance("three-db"))).isTrue();
    assertThat(runs(instance("one-db"))).isFalse();
    goesBackAndStops(word);
  }

  private void goesBackAndStops(String word) throws Exception {
    assertThat(build("four", cloneOf(Map.of("compose.yaml", file("four", "exit 3;", "")))).status())
        .isEqualTo("completed");
    var broken = up("four", false);
    assertThat(broken.status()).isEqualTo("failed");
    assertThat(broken.output()).startsWith("services.db ended with code 3");
    assertThat(runs(instance("three-db"))).as("it came back").isTrue();
    assertThat(shown("/")).endsWith("version three");

    assertThat(up("two", false).status()).as("an earlier version").isEqualTo("completed");
    route("two");
    assertThat(shown("/")).endsWith("version two");
    assertThat(runs(instance("two-db"))).isTrue();
    var project = json(Map.of("project_name", slug));
    plane.done(CommandType.COMMAND_TYPE_COMPOSE_RESTART, project);
    assertThat(runs(instance("two-db"))).isTrue();
    plane.done(
        CommandType.COMMAND_TYPE_COMPOSE_DOWN,
        json(Map.of("project_name", slug, "stop_only", true)));
    assertThat(runs(instance("two-db"))).isFalse();
    assertThat(runs(instance("two"))).isTrue();
    assertThat(up("two", true).status()).isEqualTo("completed");
    assertThat(runs(instance("two-db"))).isTrue();

    plane.done(CommandType.COMMAND_TYPE_COMPOSE_DOWN, project);
    assertThat(runs(instance("two"))).isFalse();
    assertThat(removed("network", "default")).isEqualTo("not_found");
    assertThat(up("two", false).status()).isEqualTo("completed");
    route("two");
    assertThat(body("/db")).as("its data outlives the containers").isEqualTo(word);
    plane.done(
        CommandType.COMMAND_TYPE_COMPOSE_DOWN,
        json(Map.of("project_name", slug, "remove_volumes", true)));
    assertThat(removed("volume", "data")).isEqualTo("not_found");
  }

  /**
   * A database ends with 0 when it is stopped, just as what has done its work: only what others
   * wait for the end of has.
   */
  @Test
  void whatHasEndedWellStartsAgainUnlessItsEndWasWaitedFor() throws Exception {
    live("one", file("one", "", ENDING_WELL));
    Await.until("both have ended", () -> !runs(instance("one-once")));
    assertThat(up("one", true).status()).isEqualTo("completed");
    assertThat(runs(instance("one-once"))).isFalse();
    assertThat(written("once | ran")).as("once in a deployment").isEqualTo(1);

    plane.done(
        CommandType.COMMAND_TYPE_COMPOSE_DOWN,
        json(Map.of("project_name", slug, "stop_only", true)));
    assertThat(runs(instance("one-store"))).isFalse();
    assertThat(up("one", true).status()).isEqualTo("completed");
    assertThat(runs(instance("one-store"))).as("a service that ends well on a stop").isTrue();
    assertThat(runs(instance("one-after"))).isTrue();
    assertThat(written("migration | ran")).as("has done its work").isEqualTo(1);
    Await.until("it runs with each start", () -> written("once | ran") == 2);

    plane.done(
        CommandType.COMMAND_TYPE_EXEC,
        json(Map.of("container_name", instance("one-store"), "command", List.of("kill", "1"))));
    Await.until("it has ended by itself", () -> !runs(instance("one-store")));
    assertThat(up("one", false).status()).isEqualTo("completed");
    assertThat(runs(instance("one-store"))).as("at the next deployment").isTrue();
  }

  private long written(String line) throws IOException, InterruptedException {
    var logs =
        plane.send(CommandType.COMMAND_TYPE_COMPOSE_LOGS, json(Map.of("project_name", slug)));
    logs.await(LONG);
    return logs.progress().lines().filter(line::equals).count();
  }

  private String removed(String kind, String name) throws Exception {
    var type =
        kind.equals("volume")
            ? CommandType.COMMAND_TYPE_VOLUME_REMOVE
            : CommandType.COMMAND_TYPE_NETWORK_REMOVE;
    return plane.done(type, json(Map.of(kind + "_name", "deploy-app-" + slug + "_" + name)));
  }

  @Test
  void logsOfAllServicesAreShownAndFollowed() throws Exception {
    plane.answer =
        HeartbeatResponse.newBuilder()
            .setAccepted(true)
            .addAppContainers(
                AppContainerMapping.newBuilder()
                    .setContainerName(instance("one"))
                    .setAppId("app-7")
                    .setDeploymentId("deployment-7"))
            .build();
    var worker =
        "worker: {build: ., init: true, stop_grace_period: 1s, environment: [GREETING], command: 'sh -c"
            + " \"mkfifo /www/words; echo one; echo two; echo $$GREETING; while read line <"
            + " /www/words; do echo $$line; done\"'}";
    live("one", file("one", "echo db begins;", worker));
    var project = Map.of("project_name", slug);
    var shown = plane.send(CommandType.COMMAND_TYPE_COMPOSE_LOGS, json(project));
    assertThat(shown.await(LONG).output()).isEqualTo("log stream ended");
    assertThat(shown.progress().lines())
        .contains("db | db begins", "worker | one", "worker | two", "worker | [REDACTED]");
    var last = Map.of("project_name", slug, "tail", 1);
    var one = plane.send(CommandType.COMMAND_TYPE_COMPOSE_LOGS, json(last));
    one.await(LONG);
    assertThat(one.progress().lines().filter(line -> line.startsWith("worker | ")))
        .containsExactly("worker | [REDACTED]");
    Await.until(
        "what a service has written belongs to its app",
        () ->
            plane.logs.stream()
                .filter(line -> line.getFieldsOrDefault("service", "").equals("db"))
                .anyMatch(line -> line.getAppId().equals("app-7")));
    assertThat(plane.logs)
        .filteredOn(line -> line.getMessage().equals("db begins"))
        .allMatch(line -> line.getDeploymentId().equals("deployment-7"));
    follows();
  }

  private void follows() throws Exception {
    var order = json(Map.of("project_name", slug, "follow", true));
    var followed = plane.send(CommandType.COMMAND_TYPE_COMPOSE_LOGS, order);
    var cancelled = plane.send(CommandType.COMMAND_TYPE_COMPOSE_LOGS, order);
    Await.until("it has begun", () -> cancelled.progress().contains("worker | two"));
    plane.done(
        CommandType.COMMAND_TYPE_EXEC,
        json(
            Map.of(
                "container_name",
                instance("one-worker"),
                "command",
                List.of("sh", "-c", "echo later > /www/words"))));
    Await.until("it goes on", () -> followed.progress().contains("worker | later"));
    plane.done(
        CommandType.COMMAND_TYPE_CANCEL_COMMAND, json(Map.of("cancel_command_id", cancelled.id())));
    assertThat(cancelled.await(LONG).status()).isEqualTo("cancelled");
    plane.done(CommandType.COMMAND_TYPE_COMPOSE_DOWN, json(Map.of("project_name", slug)));
    assertThat(followed.await(LONG).output()).as("all have ended").isEqualTo("log stream ended");
    var none = plane.send(CommandType.COMMAND_TYPE_COMPOSE_LOGS, order).await(LONG);
    assertThat(none.output()).isEqualTo("no such project: " + slug);
  }

  @Test
  void theAppsEndTakesAllAlong() throws Exception {
    live("one", file("one", "", ""));
    plane.done(CommandType.COMMAND_TYPE_APP_CLEANUP, json(Map.of("app_slug", slug)));
    assertThat(removed("volume", "data")).isEqualTo("not_found");
    assertThat(removed("network", "default")).isEqualTo("not_found");
    var again = up("one", false);
    assertThat(again.status()).isEqualTo("failed");
    assertThat(again.output()).startsWith("this version was not built on this server");
  }

  @Test
  void escapesAreRefused() throws Exception {
    refused("privileged: true", "services.web.privileged: containers run without privileges");
    refused("volumes: ['/:/host']", "services.web.volumes[0]: folders of the host");
    refused("volumes: ['/var/run/docker.sock:/s']", "services.web.volumes[0]: containers get no");
    refused("network_mode: host", "services.web.network_mode: services share nothing");
    refused(
        "env_file: ../../../etc/passwd", "services.web.env_file: ../../../etc/passwd leads out");
    refused("env_file: /etc/passwd", "services.web.env_file: /etc/passwd leads out of the source");
    refused("build: /", "services.web.build.context: / leads out of the source");
    refused("build: ..", "services.web.build.context: .. leads out of the source");
    refused("env_file: link", "services.web.env_file: link leads out of the source");
    refused("build: outside/etc", "services.web.build.context: outside/etc leads out");
    refused("env_file: .git/config", "services.web.env_file: .git/config leads out");
    refused("pots: ['80']", "services.web.pots: is not supported");
    assertThat(plane.lastHeartbeat().getContainersList())
        .noneMatch(container -> container.getName().contains(slug));
  }

  private void refused(String line, String problem) throws Exception {
    var image = line.startsWith("build") ? "" : "    build: .\n";
    var clone =
        cloneOf(Map.of("compose.yaml", "services:\n  web:\n" + image + "    " + line + "\n"));
    Files.createSymbolicLink(Path.of(clone, "link"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(Path.of(clone, "outside"), Path.of("/"));
    var build = build("x", clone);
    assertThat(build.status()).isEqualTo("failed");
    assertThat(build.output())
        .startsWith("the Compose file is not accepted: " + problem)
        .doesNotContain("root:");
  }

  @Test
  void fileMustBeThereAndFitTheApp() throws Exception {
    var none = build("x", cloneOf(Map.of("a", "b")));
    assertThat(none.output()).contains("looked for compose.yaml");
    var port =
        build(
            "x", cloneOf(Map.of("compose.yml", "services: {web: {build: ., ports: ['8080:80']}}")));
    assertThat(port.output())
        .contains("services.web.ports: the app's port is 3000, and the service has [80]");
    var link = cloneOf(Map.of("a", "b"));
    Files.createSymbolicLink(Path.of(link, "compose.yaml"), Path.of("/etc/passwd"));
    assertThat(build("x", link).output())
        .contains("leads out of the source")
        .doesNotContain("root");
  }
}
