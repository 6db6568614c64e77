package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.agent.host.Tool;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are run once in a new image of a real engine; skipped where none answers. */
class DockerReleaseHookIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "tok-12345678";

  private static final String MIGRATE =
      """
      #!/bin/sh
      echo "migrates $1 with $DATABASE_URL and $(ls /sys/class/net | wc -l) interfaces"
      [ "$1" != broken ] || { echo no such table >&2; exit 3; }
      [ "$1" != slow ] || sleep 3600
      """;

  private final String slug = "hook-" + Long.toString(System.nanoTime(), 36);
  private final String tag = "deploy-app-" + slug + ":one";

  @TempDir Path folder;
  private Map<String, String> engine = Map.of();
  private FakeControlPlane plane;
  private AgentProgram agent;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.settings("DockerReleaseHookIT");
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), engine);
    var repository = SampleRepository.create(folder.resolve("repository"));
    repository.place(TestEngine.BUSYBOX, "busybox");
    repository.commit(
        Map.of(
            "migrate",
            MIGRATE,
            "Dockerfile",
            TestEngine.FROM_BUSYBOX
                + "WORKDIR /src\nCOPY migrate .\nRUN chmod +x migrate\nVOLUME /kept\nENTRYPOINT [\"/absent\"]\n"));
    var clone =
        plane.done(CommandType.COMMAND_TYPE_APP_CLONE, json(Map.of("repo_url", repository.url())));
    var build = Map.of("image_tag", tag, "clone_dir", clone, "app_slug", slug);
    plane.done(CommandType.COMMAND_TYPE_APP_BUILD, json(build));
  }

  @AfterEach
  void stop() throws Exception {
    if (plane != null) {
      plane.done(CommandType.COMMAND_TYPE_APP_CLEANUP, json(Map.of("app_slug", slug)));
      agent.close();
      plane.close();
    }
  }

  private static String json(Map<String, ?> payload) throws Exception {
    return JSON.writeValueAsString(payload);
  }

  private SentCommand.Result run(Map<String, ?> more, String... commands) throws Exception {
    var payload = new HashMap<String, Object>();
    payload.put("image_tag", tag);
    payload.put("commands", List.of(commands));
    payload.put("env_vars", Map.of("DATABASE_URL", SECRET));
    payload.putAll(more);
    return plane
        .send(CommandType.COMMAND_TYPE_RUN_RELEASE_HOOK, json(payload))
        .await(Duration.ofSeconds(90));
  }

  @Test
  void commandsRunWithoutANetworkUnlessOneIsNamed() throws Exception {
    var alone = run(Map.of(), "./migrate up");
    assertThat(alone.status()).as(alone.output()).isEqualTo("completed");
    assertThat(alone.output()).contains("migrates up with [REDACTED] and 1 interfaces");
    var joined = run(Map.of("network", "deploy-net", "skip_pull", true), "./migrate up");
    assertThat(joined.output()).contains("and 2 interfaces").doesNotContain(SECRET);
  }

  @Test
  void theFirstThatFailsEndsItWithItsLastLines() throws Exception {
    var failed = run(Map.of(), "./migrate up", "./migrate broken", "./migrate never");
    assertThat(failed.status()).isEqualTo("failed");
    assertThat(failed.output())
        .startsWith("release command failed (exit code 3)\n")
        .contains("no such table")
        .doesNotContain("never");
    assertThat(run(Map.of(), "./absent").status()).isEqualTo("failed");
  }

  @Test
  void theTimeIsThatOfAllCommandsTogether() throws Exception {
    var failed = run(Map.of("timeout_sec", 2), "./migrate slow");
    assertThat(failed.output()).startsWith("the release hook took longer than 2 s");
  }

  private String docker(String... words) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("docker", "--host", engine.get("DOCKER_HOST")));
    all.addAll(List.of(words));
    return Tool.output(all.toArray(String[]::new)).strip();
  }

  private String containers() throws IOException, InterruptedException {
    return docker("ps", "-a", "-q", "--no-trunc", "--filter", "label=deploy-app=" + slug);
  }

  /** The volume that the image itself asks for; it has no name. */
  private String volumeOf(String container) throws IOException, InterruptedException {
    return docker("inspect", "-f", "{{range .Mounts}}{{.Name}}{{end}}", container);
  }

  private void isGone(String volume) throws IOException, InterruptedException {
    assertThat(volume).isNotEmpty();
    assertThat(docker("volume", "ls", "-q").lines()).doesNotContain(volume);
  }

  @Test
  void nothingIsLeftOfOneThatIsCalledOffOrWhoseAgentIsKilled() throws Exception {
    TestEngine.skipUnless(
        "DockerReleaseHookIT", Tool.isThere("docker"), "no docker (package docker.io) to look");
    var slow = json(Map.of("image_tag", tag, "commands", List.of("./migrate slow")));
    var running = plane.send(CommandType.COMMAND_TYPE_RUN_RELEASE_HOOK, slow);
    Await.until("it runs", () -> running.progress().contains("migrates slow"));
    var first = volumeOf(containers());
    plane.done(
        CommandType.COMMAND_TYPE_CANCEL_COMMAND, json(Map.of("cancel_command_id", running.id())));
    assertThat(running.await(Duration.ofSeconds(60)).status()).isEqualTo("cancelled");
    assertThat(containers()).isEmpty();
    isGone(first);

    var lost = plane.send(CommandType.COMMAND_TYPE_RUN_RELEASE_HOOK, slow);
    Await.until("it runs", () -> lost.progress().contains("migrates slow"));
    var second = volumeOf(containers());
    agent.kill();
    assertThat(containers()).as("it outlives its agent").isNotEmpty();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), engine);
    plane.done(CommandType.COMMAND_TYPE_AGENT_PING, "{}");
    assertThat(containers()).as("gone before the first command").isEmpty();
    isGone(second);
  }
}
