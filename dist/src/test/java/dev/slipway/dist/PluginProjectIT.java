package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin's author begins with. */
@ExtendWith(SharedNode.class)
class PluginProjectIT {
  private static final List<String> POINTS =
      List.of(
          "rest-resource",
          "event-listener",
          "job",
          "script-api",
          "script-hook",
          "admin-page",
          "notification-channel",
          "dns-provider",
          "ai-provider",
          "service-template");

  private final Node node;
  private final Client client;
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path folder;

  PluginProjectIT(SharedNode.Running shared) {
    node = shared.node();
    client = shared.client();
  }

  @Test
  void projectOfEveryPointBuildsOutsideOfTheTreeAndIsInstalled() throws Exception {
    var modules = new StringBuilder();
    for (var point : POINTS) {
      make("my-" + point, point);
      modules.append("<module>my-").append(point).append("</module>");
    }
    // One run for all of them; nothing of this file is needed to build one.
    Files.writeString(
        folder.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId><artifactId>all</artifactId><version>1</version>
          <packaging>pom</packaging><modules>%s</modules>
        </project>
        """
            .formatted(modules));
    build(folder, "-T2", "verify");
    for (var point : POINTS) {
      var jar = folder.resolve("my-" + point + "/target/my-" + point + "-0.1.0.jar");
      var id = "/com.example.my-" + point;
      assertThat(call("POST", "?enable=true", BodyPublishers.ofFile(jar))).isEqualTo(201);
      assertThat(call("DELETE", id + "?purge=true", BodyPublishers.noBody())).isEqualTo(204);
    }
  }

  /** A client of its own each time would take longer than the rest of the test. */
  private int call(String method, String what, BodyPublisher body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(node.url() + "/api/admin/plugins" + what));
    client.headers().forEach(request::header);
    request.header("Content-Type", "application/java-archive");
    var sent = request.method(method, body).build();
    return http.send(sent, BodyHandlers.discarding()).statusCode();
  }

  /** Edit, save, and the running platform answers anew, without an answer that fails. */
  @Test
  void changeOfASourceIsServedSecondsLater() throws Exception {
    var began = System.nanoTime();
    var project = make("quick", "rest-resource");
    var id = "com.example.quick";
    var url = node.url() + "/api/plugins/" + id + "/greeting";
    var headers = client.headers();
    var maven = String.join(" ", MavenProject.command(folder));
    try (var dev = client.follow("plugin", "dev", "--dir", project.toString(), "--maven", maven)) {
      Await.until(
          "the first version answers", () -> Web.get(url, headers).text().contains("Hello"));
      say("from plugin new to the first answer", began);
      var source = project.resolve("src/main/java/com/example/quick/QuickResource.java");
      var load = Load.on(url, headers);
      load.awaitMore(10);
      var saved = System.nanoTime();
      Files.writeString(source, Files.readString(source).replace("\"!\"", "\", well met!\""));
      Await.until("the change answers", () -> Web.get(url, headers).text().contains("well met"));
      say("from a saved source to its answer", saved);
      load.endsWithoutFailure();

      Files.writeString(source, Files.readString(source) + "no Java");
      Await.until("the fault is told", () -> told(dev, "waiting for the next change"));
      assertThat(Web.get(url, headers).text()).contains("well met");
      assertThat(dev.output()).anyMatch(line -> line.contains(id) && line.contains("active"));
    } finally {
      client.run("plugin", "remove", id, "--purge", "--yes").ok();
    }
  }

  private static boolean told(Program program, String text) {
    return program.errors().stream().anyMatch(line -> line.contains(text));
  }

  private static void say(String what, long since) {
    System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - since) / 1e9);
  }

  private Path make(String name, String point) throws Exception {
    var project = folder.resolve(name);
    client.run("plugin", "new", name, "--point", point, "--dir", project.toString()).ok();
    return project;
  }

  private void build(Path where, String... arguments) throws IOException, Exception {
    var log = folder.resolve("build.log");
    var command = new ArrayList<>(MavenProject.command(folder, arguments));
    var process =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroy();
      throw new TimeoutException(Files.readString(log));
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
