package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that outlive deployments, where apps are plain processes. */
class VolumeIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VOLUME = "deploy-vol-0123.data";

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

  private void build(String tag, Map<String, String> files) throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository-" + tag));
    repository.commit(files);
    var clone =
        plane.done(CommandType.COMMAND_TYPE_APP_CLONE, json(Map.of("repo_url", repository.url())));
    plane.done(
        CommandType.COMMAND_TYPE_APP_BUILD,
        json(
            Map.of(
                "image_tag",
                "deploy-app-keeper:" + tag,
                "clone_dir",
                clone,
                "app_slug",
                "keeper",
                "install_command",
                "true")));
  }

  private SentCommand.Result deploy(String tag, String hostPath, String mountPath, String command)
      throws Exception {
    var volume =
        Map.of("host_path", hostPath, "container_path", mountPath, "variable", "VOLUME_DATA");
    return plane
        .send(
            CommandType.COMMAND_TYPE_APP_DEPLOY,
            json(
                Map.of(
                    "container_name",
                    "deploy-app-keeper-" + tag,
                    "image_tag",
                    "deploy-app-keeper:" + tag,
                    "override_cmd",
                    command + "; exec sleep 3600",
                    "volumes",
                    List.of(volume))))
        .await(Duration.ofSeconds(90));
  }

  private Path kept(String file) {
    return folder.resolve("data/volumes").resolve(VOLUME).resolve(file);
  }

  private void untilKept(String file, String text) throws Exception {
    Await.until(
        file + " holds " + text,
        () -> Files.exists(kept(file)) && Files.readString(kept(file)).equals(text));
  }

  private SentCommand.Result remove() throws Exception {
    return plane
        .send(CommandType.COMMAND_TYPE_VOLUME_REMOVE, json(Map.of("volume_name", VOLUME)))
        .await(Duration.ofSeconds(30));
  }

  @Test
  void aVolumeOutlivesVersionsTheAgentAndTheApp() throws Exception {
    build("one", Map.of("data/seed", "first\n", "a", "b"));
    build("two", Map.of("data/seed", "second\n", "a", "b"));
    // By its mount path, by that of built images, and by its variable it is the same folder.
    deploy("one", VOLUME, "/data", "echo one >> data/lines; cat data/seed >> data/lines");
    untilKept("lines", "one\nfirst\n");
    deploy(
        "two",
        VOLUME,
        "/src/data",
        "echo two >> data/lines; cat \"$VOLUME_DATA/seed\" >> \"$VOLUME_DATA/lines\"");
    untilKept("lines", "one\nfirst\ntwo\nfirst\n");
    var refused = remove();
    assertThat(refused.status()).isEqualTo("failed");
    assertThat(refused.output()).isEqualTo("volume " + VOLUME + " is in use");

    agent.kill();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), Map.of());
    Await.until("it is back", () -> plane.streamsOpened() == 2);
    assertThat(remove().output()).isEqualTo("volume " + VOLUME + " is in use");

    plane.done(CommandType.COMMAND_TYPE_APP_CLEANUP, json(Map.of("app_slug", "keeper")));
    untilKept("lines", "one\nfirst\ntwo\nfirst\n");
    assertThat(remove().output()).isEqualTo("removed");
    assertThat(kept("")).doesNotExist();
    assertThat(remove().output()).isEqualTo("not_found");
  }

  @Test
  void nothingOfTheHostIsHandedOut() throws Exception {
    build("one", Map.of("a", "b"));
    Files.createDirectory(folder.resolve("secret"));
    for (var path : List.of("/etc", folder.resolve("secret").toString(), "../../secret", "any")) {
      var refused = deploy("one", path, "/data", "true");
      assertThat(refused.status()).as(path).isEqualTo("failed");
      assertThat(refused.output()).contains("no folders of the host");
    }
    for (var path : List.of("/", "/../x", "/a/../../x", "data")) {
      var refused = deploy("one", VOLUME, path, "true");
      assertThat(refused.status()).as(path).isEqualTo("failed");
      assertThat(refused.output()).contains("no mount path inside the app");
    }
  }

  @Test
  void aLinkOrAFileInTheWayIsRefused() throws Exception {
    build("one", Map.of("data", "a file", "real/x", "y"));
    assertThat(deploy("one", VOLUME, "/data", "true").output())
        .isEqualTo("the app has a file where a volume is to be");
    assertThat(deploy("one", VOLUME, "/data/below", "true").output())
        .isEqualTo("the app has no folder where /data/below is to be");
    // Whoever builds may leave links in the tree; none of them is followed.
    build("two", Map.of("a", "b"));
    var tree = folder.resolve("data/images");
    try (var images = Files.walk(tree)) {
      var app = images.filter(path -> path.endsWith("app") && path.toString().contains("two"));
      Files.createSymbolicLink(app.findFirst().orElseThrow().resolve("way"), folder);
    }
    assertThat(deploy("two", VOLUME, "/way/data", "true").output())
        .isEqualTo("the app has no folder where /way/data is to be");
    assertThat(folder.resolve("data/volumes")).isEmptyDirectory();
    assertThat(remove().output()).isEqualTo("not_found");
  }
}
