package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.host.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The same with containers; skipped where no engine answers. Images are made without a registry.
 */
class DockerIT {
  /** Of its own for each run: the engine is shared. */
  private final String app = "it-" + Long.toString(System.nanoTime(), 36);

  @Test
  void containersTakeOverWithoutAGap() throws Exception {
    var host = TestEngine.required("DockerIT");
    try (var node = Node.quiet().with("DOCKER_HOST", host)) {
      assertThat(node.start()).anyMatch(line -> line.matches(" +Agent +docker"));
      var client = new Client(node);
      client.login(Node.EMAIL, Node.PASSWORD);
      try {
        versions(node, client);
      } finally {
        client.run("app", "delete", app, "--yes", "--wait").ok();
      }
    }
  }

  private void versions(Node node, Client client) throws Exception {
    var first = client.deploy(source(node, "one", "")).ok().lastLine();
    var url = first.path("url").asText();
    assertThat(Web.get(url).text()).contains("version one");
    var load = Load.on(url, Map.of());
    client.deploy(source(node, "two", "")).ok();
    assertThat(Web.get(url).text()).contains("version two");
    var broken = client.deploy(source(node, "three", "RUN echo no such luck; exit 7\n"));
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.errors()).anyMatch(line -> line.contains("no such luck"));
    assertThat(Web.get(url).text()).contains("version two");
    client.run("deployment", "rollback", app, "--wait").ok();
    assertThat(Web.get(url).text()).contains("version one");
    load.endsWithoutFailure();
  }

  private Path source(Node node, String version, String more) throws IOException {
    var folder = Files.createDirectories(node.folder().resolve("sources/" + app));
    if (Files.notExists(folder.resolve("busybox"))) {
      Files.copy(TestEngine.BUSYBOX, folder.resolve("busybox"));
    }
    Files.writeString(folder.resolve("index.html"), "version " + version + "\n");
    Files.writeString(
        folder.resolve("Dockerfile"),
        "FROM scratch\n"
            + "COPY busybox /bin/busybox\n"
            + "RUN [\"/bin/busybox\",\"--install\",\"/bin\"]\n"
            + more
            + "COPY index.html /www/index.html\n"
            + "CMD [\"/bin/sh\",\"-c\",\"exec httpd -f -p $PORT -h /www\"]\n");
    Files.writeString(
        folder.resolve("slipway.json"),
        "{\"name\": \"%s\", \"port\": 3000, \"health_check_path\": \"/\"}".formatted(app));
    return folder;
  }
}
