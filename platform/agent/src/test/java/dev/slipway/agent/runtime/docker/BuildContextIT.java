package dev.slipway.agent.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.agent.runtime.BuildOrder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextIT {
  @TempDir private Path source;
  @TempDir private Path contexts;

  @BeforeEach
  void place() throws Exception {
    Files.writeString(source.resolve("Dockerfile"), "FROM scratch\n");
    Files.write(source.resolve("large"), new byte[1 << 20]);
  }

  private BuildOrder order() {
    return new BuildOrder(
        "deploy-app-x:1",
        source,
        "x",
        Map.of(),
        new BuildOrder.Docker("", "", false, List.of(), List.of()),
        new BuildOrder.Process("", ""));
  }

  @Test
  void oneThatIsCalledOffEnds() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> BuildContext.pack(order(), contexts))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(contexts).isEmptyDirectory();
  }

  @Test
  void rulesAreBounded() throws Exception {
    var rules = source.resolve(".dockerignore");
    Files.writeString(rules, "#".repeat(256 << 10));
    try (var packed = BuildContext.pack(order(), contexts)) {
      assertThat(packed.dockerfile()).isEqualTo("Dockerfile");
      assertThat(packed.tar()).hasParent(contexts);
    }
    assertThat(contexts).isEmptyDirectory();
    Files.writeString(rules, "#".repeat((256 << 10) + 1));
    assertThatThrownBy(() -> BuildContext.pack(order(), contexts))
        .isInstanceOf(IOException.class)
        .hasMessage(".dockerignore is larger than 256 KiB");
  }

  @Test
  void theNextStartRemovesWhatAKilledAgentHasPacked() throws Exception {
    BuildContext.pack(order(), contexts);
    assertThat(contexts).isNotEmptyDirectory();
    new ImageWork(new DockerEngine(URI.create("unix:///absent")), contexts);
    assertThat(contexts).isEmptyDirectory();
  }
}
