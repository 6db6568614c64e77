package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build that fills the disk ends with a reason, and leaves no more than there was. */
class FullDiskIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SMALL =
      "mkdir -p \"$0\"; mount -t tmpfs -o size=16m tmpfs \"$0\"; exec \"$@\"";

  @TempDir Path folder;
  private FakeControlPlane plane;

  @BeforeEach
  void start() throws Exception {
    if (!mayMount()) {
      System.out.println("FullDiskIT is skipped: no file system can be mounted");
    }
    assumeTrue(mayMount(), "no file system can be mounted");
    plane = FakeControlPlane.start();
  }

  @AfterEach
  void stop() throws Exception {
    if (plane != null) {
      plane.close();
    }
  }

  private static boolean mayMount() throws Exception {
    try {
      var tried =
          new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt").start();
      return tried.waitFor(30, TimeUnit.SECONDS) && tried.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private SentCommand.Result build(String command) throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository-" + System.nanoTime()));
    repository.commit(Map.of("a", "b"));
    var clone =
        plane.done(
            CommandType.COMMAND_TYPE_APP_CLONE,
            JSON.writeValueAsString(Map.of("repo_url", repository.url())));
    return plane
        .send(
            CommandType.COMMAND_TYPE_APP_BUILD,
            JSON.writeValueAsString(
                Map.of(
                    "image_tag",
                    "deploy-app-full:x",
                    "clone_dir",
                    clone,
                    "app_slug",
                    "full",
                    "build_command",
                    command)))
        .await(Duration.ofMinutes(2));
  }

  @Test
  void aBuildThatFillsTheDiskFailsAndLeavesNothing() throws Exception {
    var images = folder.resolve("data/images");
    var within =
        List.of(
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-euc",
            SMALL,
            images.toString());
    try (var agent = AgentProgram.startWithin(within, folder.resolve("data"), plane.port())) {
      var full = build("dd if=/dev/zero of=large bs=1M count=64");
      assertThat(full.status()).isEqualTo("failed");
      assertThat(full.output() + full.progress()).contains("No space left on device");
      var its =
          Path.of("/proc", Long.toString(agent.pid()), "root")
              .resolve(images.toString().substring(1));
      try (var left = Files.list(its)) {
        assertThat(left).as("what is left of it").isEmpty();
      }
      assertThat(build("dd if=/dev/zero of=small bs=1M count=4").status()).isEqualTo("completed");
    }
  }
}
