package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The same with containers; skipped where no engine answers. Images are made without a registry.
 */
class DockerIT {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  /** Of its own for each run: the engine is shared. */
  private final String app = "it-" + Long.toString(System.nanoTime(), 36);

  @Test
  void containersTakeOverWithoutAGap() throws Exception {
    var host = engine();
    skipUnless(host != null, "neither DOCKER_HOST nor /var/run/docker.sock answers");
    skipUnless(Files.isExecutable(BUSYBOX), "no " + BUSYBOX + " (package busybox-static)");
    try (var node = Node.quiet().with("DOCKER_HOST", String.valueOf(host))) {
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
      Files.copy(BUSYBOX, folder.resolve("busybox"));
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

  static void skipUnless(boolean condition, String reason) {
    if (!condition) {
      System.out.println("DockerIT is skipped: " + reason);
    }
    assumeTrue(condition, reason);
  }

  static @Nullable String engine() {
    for (var candidate :
        List.of(System.getenv().getOrDefault("DOCKER_HOST", ""), "unix:///var/run/docker.sock")) {
      if (candidate.startsWith("unix://") && answers(candidate.substring("unix://".length()))) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean answers(String socket) {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }
}
