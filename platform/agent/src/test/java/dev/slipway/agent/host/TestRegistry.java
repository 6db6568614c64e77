package dev.slipway.agent.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real registry that asks for user and password; a process of its own. */
public final class TestRegistry implements AutoCloseable {
  public static final String USER = "robot";
  public static final String PASSWORD = "tok-Right-12345678";
  private static final String PROGRAM = "docker-registry";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String engine;
  private final Path folder;
  private final int port;
  private final Process process;

  private TestRegistry(String engine, Path folder, int port) throws Exception {
    this.engine = engine;
    this.folder = folder;
    this.port = port;
    process = serve();
  }

  /**
   * The test is skipped, with a printed reason, where a program is missing.
   *
   * @param engine whose images are sent there
   */
  public static TestRegistry required(String test, String engine, Path folder) throws Exception {
    TestEngine.skipUnless(
        test,
        Tool.isThere(PROGRAM),
        "no " + PROGRAM + " (package " + PROGRAM + ") for private images");
    TestEngine.skipUnless(
        test, Tool.isThere("docker"), "no docker (package docker.io) to push with");
    Files.createDirectories(folder);
    var port = freePort();
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
    return new TestRegistry(engine, folder, port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The C library knows bcrypt, and git's Perl hands it on. */
  private static String hash() throws Exception {
    var script = "print crypt($ARGV[0], q($2b$05$abcdefghijklmnopqrstuu))";
    return Tool.output("perl", "-e", script, PASSWORD).strip();
  }

  private Process serve() throws Exception {
    var started =
        new ProcessBuilder(PROGRAM, "serve", folder.resolve("config.yml").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try (var client = HttpClient.newHttpClient()) {
      var until = System.nanoTime() + PATIENCE.toNanos();
      while (!asksForPassword(client)) {
        if (System.nanoTime() > until || !started.isAlive()) {
          throw new IOException(Files.readString(folder.resolve("log")));
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    return started;
  }

  private boolean asksForPassword(HttpClient client) throws InterruptedException {
    var ask = HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/")).build();
    try {
      return client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 401;
    } catch (IOException notYet) {
      return false;
    }
  }

  public String host() {
    return "127.0.0.1:" + port;
  }

  /** Builds an image, and has it there alone. */
  public void publish(String image, Path source) throws Exception {
    docker("build", "--quiet", "--tag", image, source.toString());
    push(image);
  }

  /** Sends an image of the engine's there, and forgets it here. */
  public void push(String image) throws Exception {
    docker("push", "--quiet", image);
    forget(image);
  }

  /** Makes the engine forget it. */
  public void forget(String image) throws Exception {
    docker("rmi", "--force", image);
  }

  private void docker(String... words) throws Exception {
    var argv = new ArrayList<>(List.of("docker", "--host", engine));
    argv.addAll(List.of(words));
    var program = new ProcessBuilder(argv);
    program.environment().put("DOCKER_CONFIG", folder.toString());
    Tool.output(program);
  }

  /** Nobody answers there any more. */
  public void stop() throws InterruptedException {
    process.destroy();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
