package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.proto.agent.v1.CommandType;
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

/** Commands that are run once in a new image, where apps are plain processes. */
class ReleaseHookIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TAG = "deploy-app-shop:one";
  private static final String VOLUME = "deploy-vol-0123.data";
  private static final String SECRET = "tok-12345678";

  private static final String MIGRATE =
      """
      #!/bin/sh
      echo "migrates $1 $2 with $DATABASE_URL"
      touch only-in-the-copy
      echo "$1" >> "$VOLUME_DATA/versions"
      [ "$1" != broken ] || { echo no such table >&2; exit 3; }
      [ "$1" != slow ] || sleep 3600
      """;

  @TempDir Path folder;
  private FakeControlPlane plane;
  private AgentProgram agent;

  @BeforeEach
  void start() throws Exception {
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), Map.of());
    var repository = SampleRepository.create(folder.resolve("repository"));
    repository.commit(Map.of("migrate", MIGRATE));
    var clone =
        plane.done(CommandType.COMMAND_TYPE_APP_CLONE, json(Map.of("repo_url", repository.url())));
    var build = Map.of("image_tag", TAG, "clone_dir", clone, "install_command", "chmod +x migrate");
    plane.done(CommandType.COMMAND_TYPE_APP_BUILD, json(build));
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    plane.close();
  }

  private static String json(Map<String, ?> payload) throws Exception {
    return JSON.writeValueAsString(payload);
  }

  private static Map<String, Object> payload(String... commands) {
    var payload = new HashMap<String, Object>();
    payload.put("image_tag", TAG);
    payload.put("commands", List.of(commands));
    payload.put("env_vars", Map.of("DATABASE_URL", SECRET));
    payload.put(
        "volumes",
        List.of(Map.of("host_path", VOLUME, "container_path", "/data", "variable", "VOLUME_DATA")));
    return payload;
  }

  private SentCommand send(Map<String, Object> payload) throws Exception {
    return plane.send(CommandType.COMMAND_TYPE_RUN_RELEASE_HOOK, json(payload));
  }

  private SentCommand.Result run(String... commands) throws Exception {
    return send(payload(commands)).await(Duration.ofSeconds(90));
  }

  private List<String> migrated() throws Exception {
    return Files.readAllLines(folder.resolve("data/volumes").resolve(VOLUME).resolve("versions"));
  }

  /** Nothing of it is left, neither files nor processes that work there. */
  private void isGone() throws Exception {
    try (var left = Files.list(folder.resolve("data/scratch"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void commandsRunInOrderWithWhatInstancesGet() throws Exception {
    var done = run("./migrate first 'and more'", "./migrate second \"\"");
    assertThat(done.status()).as(done.output()).isEqualTo("completed");
    assertThat(done.output())
        .contains("migrates first and more with [REDACTED]", "migrates second")
        .doesNotContain(SECRET);
    assertThat(done.progress()).contains("$ ./migrate first and more\nmigrates first");
    assertThat(done.progress()).doesNotContain(SECRET);
    assertThat(migrated()).containsExactly("first", "second");
    isGone();
  }

  @Test
  void theFirstThatFailsEndsItWithItsLastLines() throws Exception {
    var failed = run("./migrate first", "./migrate broken", "./migrate never");
    assertThat(failed.status()).isEqualTo("failed");
    assertThat(failed.output())
        .startsWith("release command failed (exit code 3)\n")
        .endsWith("migrates broken  with [REDACTED]\nno such table");
    assertThat(migrated()).containsExactly("first", "broken");
    isGone();
  }

  @Test
  void theTimeIsThatOfAllCommandsTogether() throws Exception {
    var payload = payload("./migrate first", "./migrate slow");
    payload.put("timeout_sec", 2);
    var failed = send(payload).await(Duration.ofSeconds(90));
    assertThat(failed.output()).startsWith("the release hook took longer than 2 s");
    isGone();
  }

  @Test
  void oneThatIsCalledOffIsEnded() throws Exception {
    var running = send(payload("./migrate slow"));
    Await.until("it runs", () -> running.progress().contains("migrates slow"));
    plane.done(
        CommandType.COMMAND_TYPE_CANCEL_COMMAND, json(Map.of("cancel_command_id", running.id())));
    assertThat(running.await(Duration.ofSeconds(60)).status()).isEqualTo("cancelled");
    isGone();
  }

  @Test
  void whatIsNoListOfWordsIsRefused() throws Exception {
    for (var command : List.of("./migrate && rm -rf /", "./migrate $HOME", "'open", " ")) {
      assertThat(run(command).status()).as(command).isEqualTo("failed");
    }
    assertThat(run().output()).contains("commands is required");
    assertThat(run("./absent").output()).contains("exit code 127");
    assertThat(folder.resolve("data/volumes").resolve(VOLUME).resolve("versions")).doesNotExist();
  }
}
