package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.proto.agent.v1.CommandType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Builds that want more than a build may have, by a real engine; skipped where none answers. Each
 * ends, and says why.
 */
class HostileBuildIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String slug = "evil-" + Long.toString(System.nanoTime(), 36);

  @TempDir Path folder;
  private FakeControlPlane plane;
  private AgentProgram agent;

  @BeforeEach
  void start() throws Exception {
    var engine = TestEngine.settings("HostileBuildIT");
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), engine);
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

  private SentCommand.Result build(String more) throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository-" + System.nanoTime()));
    repository.place(TestEngine.BUSYBOX, "busybox");
    repository.commit(Map.of("Dockerfile", TestEngine.FROM_BUSYBOX + more + "\n"));
    var clone =
        plane.done(CommandType.COMMAND_TYPE_APP_CLONE, json(Map.of("repo_url", repository.url())));
    return plane
        .send(
            CommandType.COMMAND_TYPE_APP_BUILD,
            json(
                Map.of(
                    "image_tag",
                    "deploy-app-" + slug + ":x",
                    "clone_dir",
                    clone,
                    "app_slug",
                    slug)))
        .await(Duration.ofSeconds(120));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN --mount=type=bind,source=/,target=/host cat /host/etc/passwd | mount",
        "RUN --mount=type=bind,from=host,source=/,target=/host ls /host | mount",
        "RUN --security=insecure mount /dev/sda1 /mnt | security",
        "RUN --network=host wget -q -O- http://127.0.0.1/ | network",
        "COPY ../../../etc/passwd /passwd | passwd",
        "ADD /etc/passwd /passwd | etc/passwd",
        "RUN mount -t proc proc /mnt | returned a non-zero code",
        "RUN mknod /dev/disk b 8 0 && cat /dev/disk | returned a non-zero code",
        "RUN chroot /proc/1/root cat /etc/machine-id | returned a non-zero code",
        "FROM scratch AS : | build"
      })
  void whatABuildMayNotDoEndsItWithAReason(String instruction, String reason) throws Exception {
    var build = build(instruction);
    assertThat(build.status()).as(build.toString()).isEqualTo("failed");
    assertThat(build.output()).startsWith("the build failed: ").contains(reason);
    assertThat(build.progress()).doesNotContain("root:x:0:0");
    // The agent goes on, and the same app can be built again.
    assertThat(build("RUN true").status()).isEqualTo("completed");
  }

  @Test
  void anImageThatWasDeletedCanNotBeRolledBackTo() throws Exception {
    assertThat(build("CMD [\"/bin/sleep\",\"3600\"]").status()).isEqualTo("completed");
    var live = "deploy-app-" + slug + "-2";
    assertThat(deploy(live, "x").status()).isEqualTo("completed");
    var back = deploy("deploy-app-" + slug + "-1", "gone");
    assertThat(back.status()).isEqualTo("failed");
    assertThat(back.output()).isEqualTo("not found: No such image: deploy-app-" + slug + ":gone");
    var look =
        plane.done(
            CommandType.COMMAND_TYPE_WAIT_FOR_HEALTHY,
            json(Map.of("container_name", live, "condition", "started")));
    assertThat(JSON.readTree(look).get("running").asBoolean()).as("the live version").isTrue();
  }

  private SentCommand.Result deploy(String name, String tag) throws Exception {
    var payload = new HashMap<String, Object>();
    payload.put("container_name", name);
    payload.put("image_tag", "deploy-app-" + slug + ":" + tag);
    payload.put("skip_pull", true);
    return plane
        .send(CommandType.COMMAND_TYPE_APP_DEPLOY, json(payload))
        .await(Duration.ofSeconds(90));
  }
}
