package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.agent.host.TestRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a private registry, by a real one and a real engine; skipped without them. */
class PrivateRegistryIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "PrivateRegistryIT";
  private static final String WRONG = "tok-Wrong-87654321";

  /** Of its own for each run: the engine is shared. */
  private final String run = Long.toString(System.nanoTime(), 36);

  @TempDir Path folder;
  private TestRegistry registry;
  private Node node;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    var engine = TestEngine.required(NAME);
    registry = TestRegistry.required(NAME, engine, folder.resolve("registry"));
    node = Node.quiet().with("DOCKER_HOST", engine);
    assertThat(node.start()).anyMatch(line -> line.matches(" +Agent +docker"));
    client = new Client(node);
    client.login(Node.EMAIL, Node.PASSWORD);
  }

  @AfterEach
  void stop() throws Exception {
    if (node != null) {
      node.close();
    }
    if (registry != null) {
      registry.close();
    }
  }

  private JsonNode send(int expected, String method, String path, Map<String, ?> body)
      throws Exception {
    var text = body.isEmpty() ? "" : JSON.writeValueAsString(body);
    var answer = Web.send(method, node.url() + path, client.headers(), text);
    assertThat(answer.status()).as(answer.text()).isEqualTo(expected);
    return answer.json();
  }

  private String image(String version) {
    return registry.host() + "/team/web-" + run + ":" + version;
  }

  /** An image that serves its version, in the registry alone. */
  private void publish(String version) throws Exception {
    var source = Files.createDirectories(folder.resolve("source-" + version));
    Files.copy(TestEngine.BUSYBOX, source.resolve("busybox"));
    Files.writeString(source.resolve("index.html"), "version " + version + "\n");
    Files.writeString(
        source.resolve("Dockerfile"),
        """
        FROM scratch
        COPY busybox /bin/busybox
        RUN ["/bin/busybox","--install","/bin"]
        COPY index.html /www/index.html
        CMD ["/bin/sh","-c","exec httpd -f -p $PORT -h /www"]
        """);
    registry.publish(image(version), source);
  }

  private JsonNode ended(String app, String version) throws Exception {
    var asked =
        send(202, "POST", "/api/apps/" + app + "/deployments", Map.of("image", image(version)));
    var path = "/api/deployments/" + asked.at("/deployment/id").asText();
    Await.until(
        "the deployment is over",
        () ->
            List.of("live", "failed")
                .contains(send(200, "GET", path, Map.of()).at("/deployment/status").asText()));
    return send(200, "GET", path, Map.of()).path("deployment");
  }

  @Test
  void onlyTheRightPasswordBringsAnImageAndTheOldVersionServesOn() throws Exception {
    publish("one");
    publish("two");
    publish("three");
    var draft =
        Map.of(
            "name",
            "web-" + run,
            "source_type",
            "image",
            "image",
            image("one"),
            "port",
            3000,
            "health_check_path",
            "/");
    var app = send(201, "POST", "/api/apps", draft).at("/app/id").asText();
    var none = ended(app, "one");
    assertThat(none.path("error_message").asText())
        .startsWith(
            "Start failed: the registry "
                + registry.host()
                + " asks for credentials, and none are kept for it: ");

    var credentials =
        Map.of(
            "host", registry.host(),
            "username", TestRegistry.USER,
            "password", TestRegistry.PASSWORD);
    var made = send(201, "POST", "/api/registry-credentials", credentials);
    var live = ended(app, "one");
    assertThat(live.path("status").asText()).as(live.toString()).isEqualTo("live");
    var url = live.path("preview_url").asText();
    assertThat(Web.get(url).text()).contains("version one");

    replace(made, WRONG);
    var wrong = ended(app, "two");
    assertThat(wrong.path("status").asText()).isEqualTo("failed");
    assertThat(wrong.path("error_message").asText())
        .startsWith(
            "Start failed: the registry "
                + registry.host()
                + " refuses the credentials that are kept for it: ");
    assertThat(Web.get(url).text()).contains("version one");

    replace(made, TestRegistry.PASSWORD);
    assertThat(ended(app, "two").path("status").asText()).isEqualTo("live");
    buildOnTop();
    registry.stop();
    var away = ended(app, "three");
    assertThat(away.path("error_message").asText())
        .startsWith("Start failed: the registry " + registry.host() + " does not answer: ");
    assertThat(Web.get(url).text()).contains("version two");

    client.run("app", "delete", "web-" + run, "--yes", "--wait").ok();
    node.program().output().forEach(this::tellsNothing);
    node.program().close();
    nothingWasWritten();
  }

  private void replace(JsonNode made, String password) throws Exception {
    var path = "/api/registry-credentials/" + made.at("/registry_credential/id").asText();
    send(200, "PUT", path, Map.of("username", TestRegistry.USER, "password", password));
  }

  private void buildOnTop() throws Exception {
    var app = "top-" + run;
    var source = Files.createDirectories(node.folder().resolve("sources/" + app));
    Files.writeString(
        source.resolve("Dockerfile"),
        "FROM " + image("three") + "\nRUN echo built on top > /www/index.html\n");
    Files.writeString(
        source.resolve("slipway.json"),
        "{\"name\": \"%s\", \"port\": 3000, \"health_check_path\": \"/\"}".formatted(app));
    var deployed = client.deploy(source).ok();
    deployed.errors().forEach(this::tellsNothing);
    assertThat(Web.get(deployed.lastLine().path("url").asText()).text()).contains("built on top");
    client.run("app", "delete", app, "--yes", "--wait").ok();
    registry.forget(image("three"));
  }

  private static List<String> secrets() {
    var pair = TestRegistry.USER + ":" + TestRegistry.PASSWORD;
    return List.of(
        TestRegistry.PASSWORD, WRONG, Base64.getEncoder().encodeToString(pair.getBytes()));
  }

  private void tellsNothing(String text) {
    secrets().forEach(secret -> assertThat(text).doesNotContain(secret));
  }

  /** Neither in the database nor in any log, of the platform or of the agent. */
  private void nothingWasWritten() throws Exception {
    for (var secret : secrets()) {
      var search =
          new ProcessBuilder("grep", "-rlF", "-e", secret, node.data().toString())
              .redirectErrorStream(true)
              .start();
      var found = new String(search.getInputStream().readAllBytes());
      assertThat(found).as("files with a password").isEmpty();
      assertThat(search.waitFor()).as("nothing was found").isEqualTo(1);
    }
  }
}
