package dev.slipway.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** With a NATS that carries the signals, where this machine has the server. */
class NatsNodesIT extends TwoNodes {
  @TempDir static Path folder;

  private Process process;

  @Override
  String nats() throws Exception {
    var program =
        Stream.of((System.getenv("PATH") + ":/usr/sbin:/usr/local/bin").split(":"))
            .map(place -> Path.of(place, "nats-server"))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      System.out.println("skipped: there is no nats-server on the PATH");
    }
    assumeTrue(program.isPresent(), "there is no nats-server on the PATH");
    var port = Ports.free();
    var words =
        List.of(
            program.get().toString(),
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
    Await.until(
        "NATS answers",
        () -> {
          try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
          }
        });
    return "nats://127.0.0.1:" + port;
  }

  @AfterAll
  void stopNats() throws InterruptedException {
    if (process != null) {
      process.destroy();
      process.waitFor();
    }
  }
}
