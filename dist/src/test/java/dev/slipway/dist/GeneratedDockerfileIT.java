package dev.slipway.dist;

import static dev.slipway.agent.host.TestEngine.skipUnless;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.host.HostImage;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.agent.host.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Source without a Dockerfile is built by the one that is made for it, and serves. The images that
 * those begin with are made of this host's own programs; where one is missing, its test is skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedDockerfileIT {
  private static final String NAME = "GeneratedDockerfileIT";

  @TempDir static Path folder;

  /** Of its own for each run: the engine is shared. */
  private final String run = Long.toString(System.nanoTime(), 36);

  private Node node;
  private Client client;
  private HostImages images;

  @BeforeAll
  void start() throws Exception {
    var engine = TestEngine.required(NAME);
    skipUnless(NAME, Tool.isThere("docker"), "no docker (package docker.io)");
    images = new HostImages(engine, folder);
    node = Node.quiet().with("DOCKER_HOST", engine);
    assertThat(node.start()).anyMatch(line -> line.matches(" +Agent +docker"));
    client = new Client(node);
    client.login(Node.EMAIL, Node.PASSWORD);
  }

  @AfterAll
  void stop() throws Exception {
    if (node != null) {
      node.close();
    }
    if (images != null) {
      images.close();
    }
  }

  private void serves(String base, Map<String, String> files) throws Exception {
    var app = "made-" + base.replaceAll("[^a-z]+", "") + "-" + run;
    var source = source(app, files);
    try {
      var deployed = client.deploy(source).ok();
      assertThat(deployed.errors()).anyMatch(line -> line.contains("FROM " + base));
      var url = deployed.lastLine().path("url").asText();
      assertThat(Web.get(url).text()).startsWith("HTTP/1.1 200").contains("made of " + base);
    } finally {
      client.run("app", "delete", app, "--yes", "--wait").ok();
    }
  }

  private Path source(String app, Map<String, String> files) throws IOException {
    var source = Files.createDirectories(node.folder().resolve("sources/" + app));
    for (var file : files.entrySet()) {
      Files.writeString(source.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(
        source.resolve("slipway.json"),
        "{\"name\": \"%s\", \"port\": 3000, \"health_check_path\": \"/\"}".formatted(app));
    return source;
  }

  @Test
  void pages() throws Exception {
    images.make("busybox:1", image -> {});
    serves("busybox:1", Map.of("index.html", "made of busybox:1\n"));
  }

  @Test
  void aJavaFile() throws Exception {
    var base = "eclipse-temurin:25-jdk";
    images.make(base, GeneratedDockerfileIT::jdk);
    serves(
        base,
        Map.of(
            "Main.java",
            """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;

            public class Main {
              public static void main(String[] args) throws Exception {
                var port = Integer.parseInt(System.getenv("PORT"));
                var server = HttpServer.create(new InetSocketAddress(port), 64);
                server.createContext("/", exchange -> {
                  var body = "made of %s".getBytes();
                  exchange.sendResponseHeaders(200, body.length);
                  exchange.getResponseBody().write(body);
                  exchange.close();
                });
                server.start();
              }
            }
            """
                .formatted(base)));
  }

  /** Of the JDK that runs the tests only what such an app needs. */
  private static void jdk(HostImage image) throws Exception {
    var home = image.root().resolve("usr/local/jdk");
    Files.createDirectories(home.getParent());
    Tool.output(
        Path.of(System.getProperty("java.home"), "bin/jlink").toString(),
        "--add-modules",
        "java.base,jdk.compiler,jdk.httpserver",
        "--output",
        home.toString());
    image.link("/usr/local/bin/java", "../jdk/bin/java");
    for (var program : new String[] {"bin/java", "lib/server/libjvm.so"}) {
      image.libraries(home.resolve(program));
    }
  }

  @Test
  void python() throws Exception {
    var python = Path.of("/usr/bin/python3");
    skipUnless(NAME, Files.isExecutable(python), "no " + python + " (package python3)");
    var base = "python:3.13-slim";
    var program = python.toRealPath();
    images.make(
        base,
        image -> {
          image.program(program);
          image.copy(Path.of("/usr/lib", program.getFileName().toString()));
          image.link("/usr/bin/python3", program.getFileName().toString());
        });
    serves(
        base,
        Map.of(
            "main.py",
            """
            import os
            from http.server import BaseHTTPRequestHandler, HTTPServer

            class Hello(BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b"made of %s")

            HTTPServer(("", int(os.environ["PORT"])), Hello).serve_forever()
            """
                .formatted(base)));
  }

  @Test
  void nodeWithItsPackageManager() throws Exception {
    var program = Path.of("/usr/bin/node");
    var npm = Path.of("/usr/lib/node_modules/npm");
    skipUnless(
        NAME, Files.isExecutable(program) && Files.isDirectory(npm), "no node with its own npm");
    var base = "node:22-slim";
    images.make(
        base,
        image -> {
          image.program(program);
          image.copy(npm);
          image.link("/usr/bin/npm", "../lib/node_modules/npm/bin/npm-cli.js");
        });
    serves(
        base,
        Map.of(
            "package.json",
            "{\"name\": \"hello\", \"version\": \"1.0.0\", \"scripts\": {\"start\": \"node server.js\"}}\n",
            "server.js",
            """
            require('http')
              .createServer((request, response) => response.end('made of %s'))
              .listen(process.env.PORT, '0.0.0.0');
            """
                .formatted(base)));
  }
}
