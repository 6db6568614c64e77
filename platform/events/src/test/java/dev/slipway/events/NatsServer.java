package dev.slipway.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real NATS server with JetStream, where this machine has one. */
final class NatsServer implements AutoCloseable {
  private final Path program;
  private final Path folder;
  private final int port;
  private Process process;

  NatsServer(Path program, Path folder) throws IOException {
    this.program = program;
    this.folder = folder;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    start();
  }

  static Optional<Path> find() {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin:/usr/local/bin").split(":"))
        .map(place -> Path.of(place, "nats-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  String url() {
    return "nats://127.0.0.1:" + port;
  }

  /** Returns when it takes connections. */
  void start() throws IOException {
    var words =
        List.of(
            program.toString(),
            "-a",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-js",
            "-sd",
            folder.toString());
    process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    TestLog.until(this::answers);
  }

  private boolean answers() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
