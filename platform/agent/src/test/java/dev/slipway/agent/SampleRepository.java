package dev.slipway.agent;

import dev.slipway.agent.host.Compiled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A local git repository that agents clone by a file URL. */
final class SampleRepository {
  /** Answers every path with its version, the PATH_INFO and a greeting from its environment. */
  static final String HELLO =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetAddress;
      import java.net.InetSocketAddress;
      import java.util.concurrent.Executors;

      public class Main {
        static final String VERSION = "@VERSION@";

        public static void main(String[] args) throws Exception {
          int port = Integer.parseInt(System.getenv("PORT"));
          var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
          server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
          server.createContext("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/exit")) {
              Runtime.getRuntime().halt(7);
            }
            var body = ("version " + VERSION + " " + System.getenv().getOrDefault("GREETING", "")).getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
          server.start();
          System.out.println("version " + VERSION + " listens, token " + System.getenv("TOKEN"));
          System.err.println("a word on the error stream");
        }
      }
      """;

  /** Starts what is compiled. */
  static final String START =
      "exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -cp out Main";

  private final Path work;

  private SampleRepository(Path work) {
    this.work = work;
  }

  static SampleRepository create(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var repository = new SampleRepository(folder);
    repository.git("init", "--quiet", "--initial-branch=main");
    return repository;
  }

  String url() {
    return "file://" + work;
  }

  /** Commits the files and returns the commit's id. */
  String commit(Map<String, String> files) throws IOException, InterruptedException {
    for (var file : files.entrySet()) {
      var target = work.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
    git("add", "--all");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "files");
    return git("rev-parse", "HEAD").strip();
  }

  /** As {@link #commitHello}, with its class besides, which {@link #START} starts. */
  String commitCompiledHello(String version) throws IOException, InterruptedException {
    var source = Files.writeString(work.resolve("Main.java"), HELLO.replace("@VERSION@", version));
    Compiled.into(work.resolve("out"), source);
    return commit(Map.of());
  }

  String commitHello(String version) throws IOException, InterruptedException {
    return commit(Map.of("Main.java", HELLO.replace("@VERSION@", version)));
  }

  /** Places a file of the host in the tree; the next commit takes it along. */
  void place(Path file, String name) throws IOException {
    Files.copy(file, work.resolve(name));
  }

  /** Places a link in the tree; the next commit takes it along. */
  void link(String target, String name) throws IOException {
    var link = work.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private String git(String... words) throws IOException, InterruptedException {
    var argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(words));
    var builder = new ProcessBuilder(argv).directory(work.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(argv + ": " + output);
    }
    return output;
  }
}
