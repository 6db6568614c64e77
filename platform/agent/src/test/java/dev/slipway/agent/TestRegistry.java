package dev.slipway.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real registry that asks for user and password; a process of its own. */
final class TestRegistry implements AutoCloseable {
  static final String USER = "robot";
  static final String PASSWORD = "tok-Right-12345678";
  private static final String PROGRAM = "docker-registry";

  private final Path folder;
  private final int port;
  private final Process process;

  private TestRegistry(Path folder, int port) throws Exception {
    this.folder = folder;
    this.port = port;
    process = serve();
  }

  /** The test is skipped, with a printed reason, where the program is missing. */
  static TestRegistry required(String test, Path folder) throws Exception {
    TestEngine.skipUnless(
        test, isThere(PROGRAM), "no " + PROGRAM + " (package " + PROGRAM + ") for private images");
    TestEngine.skipUnless(test, isThere("docker"), "no docker (package docker.io) to push with");
    Files.createDirectories(folder);
    var port = AgentProgram.freePort();
    Files.writeString(folder.resolve("users"), USER + ":" + hash() + "\n");
    Files.writeString(
        folder.resolve("config.yml"),
        """
        version: 0.1
        storage: {filesystem: {rootdirectory: "%s"}}
        http: {addr: "127.0.0.1:%d"}
        auth: {htpasswd: {realm: test, path: "%s"}}
        """
            .formatted(folder.resolve("images"), port, folder.resolve("users")));
    var login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes());
    Files.writeString(
        folder.resolve("config.json"),
        "{\"auths\":{\"127.0.0.1:%d\":{\"auth\":\"%s\"}}}".formatted(port, login));
    return new TestRegistry(folder, port);
  }

  private static boolean isThere(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  /** The C library knows bcrypt, and git's Perl hands it on. */
  private static String hash() throws Exception {
    var script = "print crypt($ARGV[0], q($2b$05$abcdefghijklmnopqrstuu))";
    return output(new ProcessBuilder("perl", "-e", script, PASSWORD)).strip();
  }

  private static String output(ProcessBuilder program) throws Exception {
    var process = program.redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(program.command() + ": " + output);
    }
    return output;
  }

  private Process serve() throws Exception {
    var started =
        new ProcessBuilder(PROGRAM, "serve", folder.resolve("config.yml").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try (var client = HttpClient.newHttpClient()) {
      var ask = HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/")).build();
      Await.until(
          "the registry asks for a password",
          () -> {
            try {
              return client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 401;
            } catch (IOException notYet) {
              return false;
            }
          });
    }
    return started;
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  /** Sends an image of the engine's there, and forgets it here. */
  void push(String image, String engine) throws Exception {
    docker(engine, "push", image);
    forget(image, engine);
  }

  void forget(String image, String engine) throws Exception {
    docker(engine, "rmi", "--force", image);
  }

  private void docker(String engine, String... words) throws Exception {
    var argv = new ArrayList<>(List.of("docker", "--host", engine));
    argv.addAll(List.of(words));
    var program = new ProcessBuilder(argv);
    program.environment().put("DOCKER_CONFIG", folder.toString());
    output(program);
  }

  /** Nobody answers there any more. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
