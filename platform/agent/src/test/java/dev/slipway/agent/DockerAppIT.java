package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same way from a repository to a route through a real engine; skipped where none answers. */
class DockerAppIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of its own for each run, so that runs beside each other do not meet. */
  private final String slug = "it-" + Long.toString(System.nanoTime(), 36);

  @TempDir Path folder;
  private FakeControlPlane plane;
  private AgentProgram agent;

  @BeforeEach
  void start() throws Exception {
    var engine = TestEngine.settings("DockerAppIT");
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), engine);
  }

  @AfterEach
  void stop() throws Exception {
    if (plane != null) {
      plane
          .send(CommandType.COMMAND_TYPE_APP_CLEANUP, json(Map.of("app_slug", slug)))
          .await(Duration.ofSeconds(60));
      agent.close();
      plane.close();
    }
  }

  private static String json(Map<String, ?> payload) throws IOException {
    return JSON.writeValueAsString(payload);
  }

  private String cloneOf(String version) throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository-" + version));
    repository.place(TestEngine.BUSYBOX, "busybox");
    repository.commit(
        Map.of(
            ".dockerignore", "secrets\n",
            "secrets/key", "must not get into the image",
            "www/index.html", "version " + version,
            "Dockerfile",
                """
                FROM scratch
                COPY busybox /bin/busybox
                RUN ["/bin/busybox","--install","/bin"]
                COPY . /src
                ARG FLAVOUR
                RUN echo flavour $FLAVOUR; ls /src
                COPY www /www
                CMD ["/bin/sh","-c","echo up with $TOKEN; exec httpd -f -p $PORT -h /www"]
                """));
    return plane.done(
        CommandType.COMMAND_TYPE_APP_CLONE, json(Map.of("repo_url", repository.url())));
  }

  private void deploy(String name, String tag, Map<String, ?> more) throws Exception {
    var payload = new HashMap<String, Object>();
    payload.put("container_name", name);
    payload.put("image_tag", tag);
    payload.put("memory_mb", 64);
    payload.put("env_vars", Map.of("TOKEN", "tok-12345678"));
    payload.putAll(more);
    assertThat(plane.done(CommandType.COMMAND_TYPE_APP_DEPLOY, json(payload))).hasSize(64);
    assertThat(
            plane.done(
                CommandType.COMMAND_TYPE_APP_DEPLOY,
                json(Map.of("container_name", name, "health_check_only", true))))
        .isEqualTo("healthy");
  }

  @Test
  void appRunsFromRepositoryToRouteAndIsSwitched() throws Exception {
    Await.until(
        "the engine is reported",
        () -> !plane.heartbeats.isEmpty() && plane.lastHeartbeat().getDockerReachable());
    var tag = "deploy-app-" + slug + ":one";
    var name = "deploy-app-" + slug + "-1";
    var build =
        plane
            .send(
                CommandType.COMMAND_TYPE_APP_BUILD,
                json(
                    Map.of(
                        "image_tag",
                        tag,
                        "clone_dir",
                        cloneOf("one"),
                        "app_slug",
                        slug,
                        "build_env_vars",
                        Map.of("FLAVOUR", "vanilla-1234"))))
            .await(Duration.ofSeconds(120));
    assertThat(build.output()).isEqualTo("Build complete: " + tag);
    assertThat(build.progress())
        .contains("flavour [REDACTED]")
        .contains("www")
        .doesNotContain("secrets\n");
    deploy(
        name,
        tag,
        Map.of(
            "secret_files",
            List.of(Map.of("mount_path", "/run/key", "content", "aGVsbG8=", "mode", 256))));
    plane.done(
        CommandType.COMMAND_TYPE_APP_PROXY_SETUP,
        json(Map.of("slug", slug, "container_name", name)));
    var host = slug + ".localhost";
    assertThat(EdgeClient.get(agent.edgePort(), host, "/").text()).endsWith("version one");
    Await.until(
        "its output arrives, masked",
        () ->
            plane.logs.stream()
                .anyMatch(
                    l ->
                        l.getMessage().equals("up with [REDACTED]")
                            && l.getSource().equals("app:" + name)));
    var exec =
        plane
            .send(
                CommandType.COMMAND_TYPE_EXEC,
                json(Map.of("container_name", name, "command", List.of("cat", "/run/key"))))
            .await(Duration.ofSeconds(20));
    assertThat(exec.progress()).isEqualTo("hello\n");
    assertThat(exec.output()).isEqualTo("exit 0");
    Await.until(
        "its memory is reported",
        () ->
            plane.lastHeartbeat().getContainersList().stream()
                .anyMatch(
                    c ->
                        c.getName().equals(name)
                            && c.getMemoryLimitMb() == 64
                            && c.getStatus().equals("running")));

    var second = "deploy-app-" + slug + ":two";
    plane.done(
        CommandType.COMMAND_TYPE_APP_BUILD,
        json(Map.of("image_tag", second, "clone_dir", cloneOf("two"), "app_slug", slug)));
    var secondName = "deploy-app-" + slug + "-2";
    deploy(secondName, second, Map.of());
    plane.done(
        CommandType.COMMAND_TYPE_APP_PROXY_SETUP,
        json(Map.of("slug", slug, "container_name", secondName)));
    plane.done(CommandType.COMMAND_TYPE_SERVICE_STOP, json(Map.of("container_name", name)));
    assertThat(EdgeClient.get(agent.edgePort(), host, "/").text()).endsWith("version two");
    plane.done(CommandType.COMMAND_TYPE_APP_ROLLBACK, json(Map.of("container_name", name)));
    plane.done(
        CommandType.COMMAND_TYPE_APP_PROXY_SETUP,
        json(Map.of("slug", slug, "container_name", name)));
    assertThat(EdgeClient.get(agent.edgePort(), host, "/").text()).endsWith("version one");

    var network = JSON.readTree(plane.done(CommandType.COMMAND_TYPE_NETWORK_INSPECT, "{}"));
    assertThat(network.get("network_name").asText()).isEqualTo("deploy-net");
    assertThat(network.get("containers").toString()).contains(name);
    var look =
        plane.done(
            CommandType.COMMAND_TYPE_WAIT_FOR_HEALTHY,
            json(Map.of("container_name", name, "condition", "healthy")));
    assertThat(JSON.readTree(look).get("healthy").asBoolean()).isTrue();
    var cleanup =
        plane.done(
            CommandType.COMMAND_TYPE_APP_CLEANUP,
            json(Map.of("app_slug", slug, "keep_image", tag, "keep_container", name)));
    assertThat(cleanup).isEqualTo("removed 1 old images");
    assertThat(EdgeClient.get(agent.edgePort(), host, "/").text()).endsWith("version one");
  }

  @Test
  void brokenBuildAndForeignFoldersAreRefused() throws Exception {
    var clone = cloneOf("one");
    Files.writeString(
        Path.of(clone).resolve("Dockerfile"),
        "FROM scratch\nCOPY busybox /bin/sh\nRUN echo no such luck; exit 5\n");
    var build =
        plane
            .send(
                CommandType.COMMAND_TYPE_APP_BUILD,
                json(Map.of("image_tag", "deploy-app-" + slug + ":x", "clone_dir", clone)))
            .await(Duration.ofSeconds(60));
    assertThat(build.status()).isEqualTo("failed");
    assertThat(build.output()).startsWith("the build failed:").contains("no such luck");
    var escape =
        plane
            .send(
                CommandType.COMMAND_TYPE_APP_DEPLOY,
                json(
                    Map.of(
                        "container_name", "deploy-app-" + slug + "-1",
                        "image_tag", "deploy-app-" + slug + ":x",
                        "volumes",
                            List.of(Map.of("host_path", "/etc", "container_path", "/host")))))
            .await(Duration.ofSeconds(30));
    assertThat(escape.status()).isEqualTo("failed");
    assertThat(escape.output()).startsWith("volumes are named");
  }

  @Test
  void somebodyTalksToACommandInsideAContainer() throws Exception {
    var tag = "deploy-app-" + slug + ":one";
    plane.done(
        CommandType.COMMAND_TYPE_APP_BUILD,
        json(Map.of("image_tag", tag, "clone_dir", cloneOf("one"), "app_slug", slug)));
    var name = "deploy-app-" + slug + "-1";
    deploy(name, tag, Map.of());
    var command =
        plane.send(
            CommandType.COMMAND_TYPE_TERMINAL,
            json(Map.of("session_id", "s-1", "container_name", name, "columns", 100, "rows", 30)));
    var side = plane.terminals.poll(30, TimeUnit.SECONDS);
    side.type("stty size; tty\n");
    Await.until("it has a size", () -> side.shown.toString().contains("30 100"));
    Await.until("it is a terminal", () -> side.shown.toString().contains("/dev/pts/"));
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
  }
}
