package dev.slipway.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Deploys the bundled example with the command line client, as a newcomer would. */
final class ExampleApp {

  private static final Duration SERVER_DEADLINE = Duration.ofSeconds(60);
  private static final Duration DEPLOY_DEADLINE = Duration.ofMinutes(5);

  private final Path home;
  private final Session session;

  ExampleApp(Path home, Session session) {
    this.home = home;
    this.session = session;
  }

  /** Returns the URL that the example answers on. */
  String deploy() throws IOException, InterruptedException, StartFailure {
    awaitServer();
    var process = client().start();
    // The pipe is drained beside the wait, or a talkative client would block on it.
    var last = CompletableFuture.supplyAsync(() -> lastLine(process), Thread::startVirtualThread);
    try {
      if (!process.waitFor(DEPLOY_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw StartFailure.failed(
            "the example was not deployed within " + DEPLOY_DEADLINE.toMinutes() + " minutes");
      }
    } finally {
      process.destroy();
    }
    var result = PlatformClient.parse(last.join());
    var url = result.path("url").asText();
    if (process.exitValue() != 0 || url.isEmpty()) {
      throw StartFailure.failed(
          "the example could not be deployed: "
              + result.path("error").asText("the client ended with " + process.exitValue()));
    }
    return url;
  }

  private void awaitServer() throws IOException, InterruptedException, StartFailure {
    var deadline = System.nanoTime() + SERVER_DEADLINE.toNanos();
    while (!isServerOnline()) {
      if (System.nanoTime() > deadline) {
        throw StartFailure.failed(
            "the example was not deployed: no server came online within "
                + SERVER_DEADLINE.toSeconds()
                + " s");
      }
      TimeUnit.MILLISECONDS.sleep(250);
    }
  }

  private boolean isServerOnline() throws IOException {
    for (var server : session.get("/api/servers").body().path("servers")) {
      if (server.path("status").asText().equals("online")) {
        return true;
      }
    }
    return false;
  }

  private ProcessBuilder client() throws StartFailure {
    var example = home.resolve("examples").resolve("hello");
    if (!Files.isDirectory(example)) {
      throw StartFailure.failed("there is no example in " + example);
    }
    var program = home.resolve("bin").resolve("slipway").toString();
    var builder =
        new ProcessBuilder(List.of(program, "deploy", example.toString(), "--wait", "-o", "json"))
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("SLIPWAY_URL", session.client().base());
    builder.environment().put("SLIPWAY_TOKEN", session.token());
    builder.environment().put("SLIPWAY_TENANT", session.tenant());
    return builder;
  }

  private static String lastLine(Process process) {
    try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
      return lines.filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
    }
  }
}
