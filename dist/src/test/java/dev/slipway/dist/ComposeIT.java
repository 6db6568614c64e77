package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.host.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An app of two services that a Compose file describes; skipped where no engine answers. */
class ComposeIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** {@code db} keeps a word in its volume; {@code web} fetches it when it starts, and shows it. */
  private static final String FILE =
      """
      services:
        web:
          build: {context: ., args: {VERSION: "@VERSION@"}}
          command: sh -c "wget -q -O /www/db http://db:7000/ && exec httpd -f -p $$PORT -h /www"
          ports: ["80:3000"]
          init: true
          depends_on: {db: {condition: service_healthy}}
          @WEB@
        db:
          build: .
          command: sh -c "[ -f /data/index.html ] || cat /proc/sys/kernel/random/uuid > /data/index.html; echo db begins; @DB@ exec httpd -f -p 7000 -h /data"
          init: true
          volumes: ["data:/data"]
          healthcheck:
            test: wget -q -O /dev/null http://127.0.0.1:7000/
            interval: 1s
            retries: 3
      volumes: {data: {}}
      """;

  /** Of its own for each run: the engine is shared. */
  private final String app = "it-" + Long.toString(System.nanoTime(), 36);

  @Test
  void servicesOfAComposeFileTakeOverWithoutAGap() throws Exception {
    var host = TestEngine.required("ComposeIT");
    try (var node = Node.quiet().with("DOCKER_HOST", host)) {
      node.start();
      var client = new Client(node);
      client.login(Node.EMAIL, Node.PASSWORD);
      client.run("app", "create", app, "--source", "compose").ok();
      try {
        versions(node, client);
      } finally {
        client.run("app", "delete", app, "--yes", "--wait").ok();
      }
    }
  }

  private void versions(Node node, Client client) throws Exception {
    var first = client.deploy(source(node, "one", "", "")).ok().lastLine();
    var url = first.path("url").asText();
    assertThat(Web.get(url).text()).contains("version one");
    var word = lastLine(Web.get(url + "/db").text());
    assertThat(word).hasSize(36);
    Await.until("the app's log has the lines of its services", () -> servicesTell(client));
    var load = Load.on(url, Map.of());
    client.deploy(source(node, "two", "", "")).ok();
    assertThat(Web.get(url).text()).contains("version two");
    assertThat(lastLine(Web.get(url + "/db").text())).as("the volume stays").isEqualTo(word);
    refused(node, client, "privileged: true", "services.web.privileged: containers run without");
    refused(node, client, "volumes: ['/:/host']", "services.web.volumes[0]: folders of the host");
    refused(node, client, "env_file: /etc/passwd", "env_file: /etc/passwd leads out of the source");
    var broken = client.deploy(source(node, "three", "", "exit 3;"));
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.errors()).anyMatch(line -> line.contains("services.db ended with code 3"));
    assertThat(Web.get(url).text()).contains("version two");
    client.run("deployment", "rollback", app, "--wait").ok();
    assertThat(Web.get(url).text()).contains("version one");
    load.endsWithoutFailure();
    client.run("deployment", "stop", app, "--wait").ok();
    client.run("deployment", "start", app, "--wait").ok();
    assertThat(Web.get(url).text()).contains("version one");
    assertThat(lastLine(Web.get(url + "/db").text())).isEqualTo(word);
  }

  private boolean servicesTell(Client client) throws Exception {
    for (var line : client.run("logs", app, "-o", "json").ok().output()) {
      var json = JSON.readTree(line);
      if (json.path("message").asText().equals("db begins")) {
        return json.path("attributes").path("service").asText().equals("db");
      }
    }
    return false;
  }

  private void refused(Node node, Client client, String line, String message) throws Exception {
    var escape = client.deploy(source(node, "escape", line, ""));
    assertThat(escape.status()).isEqualTo(1);
    assertThat(escape.errors())
        .anyMatch(said -> said.contains("Build failed: the Compose file is not accepted"))
        .anyMatch(said -> said.contains(message));
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (before, line) -> line);
  }

  private Path source(Node node, String version, String web, String db) throws IOException {
    var folder = Files.createDirectories(node.folder().resolve("sources/" + app));
    if (Files.notExists(folder.resolve("busybox"))) {
      Files.copy(TestEngine.BUSYBOX, folder.resolve("busybox"));
    }
    Files.writeString(
        folder.resolve("Dockerfile"),
        """
        FROM scratch
        COPY busybox /bin/busybox
        RUN ["/bin/busybox","--install","/bin"]
        ARG VERSION
        RUN mkdir /www /data; echo version $VERSION > /www/index.html
        """);
    Files.writeString(
        folder.resolve("compose.yaml"),
        FILE.replace("@VERSION@", version).replace("@WEB@", web).replace("@DB@", db));
    Files.writeString(folder.resolve("slipway.json"), "{\"name\": \"%s\"}".formatted(app));
    return folder;
  }
}
