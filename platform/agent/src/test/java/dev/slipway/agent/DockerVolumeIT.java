package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named volumes of a real engine outlive deployments; skipped where none answers. */
class DockerVolumeIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String slug = "vol-" + Long.toString(System.nanoTime(), 36);
  private final String volume = "deploy-vol-" + slug + ".data";

  @TempDir Path folder;
  private FakeControlPlane plane;
  private AgentProgram agent;

  @BeforeEach
  void start() throws Exception {
    var engine = TestEngine.settings("DockerVolumeIT");
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), engine);
  }

  @AfterEach
  void stop() throws Exception {
    if (plane != null) {
      cleanUp();
      remove();
      agent.close();
      plane.close();
    }
  }

  private static String json(Map<String, ?> payload) throws IOException {
    return JSON.writeValueAsString(payload);
  }

  private void cleanUp() throws Exception {
    plane.done(CommandType.COMMAND_TYPE_APP_CLEANUP, json(Map.of("app_slug", slug)));
  }

  private SentCommand.Result remove() throws Exception {
    return plane
        .send(CommandType.COMMAND_TYPE_VOLUME_REMOVE, json(Map.of("volume_name", volume)))
        .await(Duration.ofSeconds(60));
  }

  private void build() throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository-" + System.nanoTime()));
    repository.place(TestEngine.BUSYBOX, "busybox");
    repository.commit(Map.of("Dockerfile", TestEngine.FROM_BUSYBOX));
    var clone =
        plane.done(CommandType.COMMAND_TYPE_APP_CLONE, json(Map.of("repo_url", repository.url())));
    plane.done(
        CommandType.COMMAND_TYPE_APP_BUILD,
        json(
            Map.of(
                "image_tag", "deploy-app-" + slug + ":one", "clone_dir", clone, "app_slug", slug)));
  }

  private String deploy(String number, String command) throws Exception {
    var name = "deploy-app-" + slug + "-" + number;
    plane.done(
        CommandType.COMMAND_TYPE_APP_DEPLOY,
        json(
            Map.of(
                "container_name",
                name,
                "image_tag",
                "deploy-app-" + slug + ":one",
                "env_vars",
                Map.of("VOLUME_DATA", "/data"),
                "override_cmd",
                command + "; exec sleep 3600",
                "volumes",
                List.of(
                    Map.of(
                        "host_path",
                        volume,
                        "container_path",
                        "/data",
                        "variable",
                        "VOLUME_DATA")))));
    return name;
  }

  private void untilLines(String container, String lines) throws Exception {
    Await.until(
        "the volume holds " + lines,
        () -> {
          var read =
              plane
                  .send(
                      CommandType.COMMAND_TYPE_EXEC,
                      json(
                          Map.of(
                              "container_name",
                              container,
                              "command",
                              List.of("cat", "/data/lines"))))
                  .await(Duration.ofSeconds(60));
          return read.progress().equals(lines);
        });
  }

  @Test
  void aVolumeOutlivesVersionsAndTheApp() throws Exception {
    build();
    untilLines(deploy("1", "echo one >> $VOLUME_DATA/lines"), "one\n");
    var second = deploy("2", "echo two >> /data/lines");
    untilLines(second, "one\ntwo\n");
    assertThat(remove().status()).isEqualTo("failed");
    assertThat(remove().output()).contains("in use");
    plane.done(
        CommandType.COMMAND_TYPE_APP_STOP,
        json(Map.of("container_name", "deploy-app-" + slug + "-1")));
    plane.done(CommandType.COMMAND_TYPE_SERVICE_STOP, json(Map.of("container_name", second)));
    assertThat(remove().output()).as("while one is stopped").contains("in use");

    // The app goes, and its data stays until that is told to go as well.
    cleanUp();
    build();
    untilLines(deploy("3", "true"), "one\ntwo\n");
    cleanUp();
    assertThat(remove().output()).isEqualTo("removed");
    assertThat(remove().output()).isEqualTo("not_found");
  }
}
