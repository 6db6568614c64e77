package dev.slipway.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The agent as a process of its own, as it runs in earnest. */
final class AgentProgram implements AutoCloseable {
  private final Process process;
  private final Path output;
  private final int edgePort;

  private AgentProgram(Process process, Path output, int edgePort) {
    this.process = process;
    this.output = output;
    this.edgePort = edgePort;
  }

  static AgentProgram start(Path data, int controlPlanePort, Map<String, String> more)
      throws IOException {
    return start(data, controlPlanePort, freePort(), more);
  }

  static AgentProgram start(Path data, int controlPlanePort, int edgePort, Map<String, String> more)
      throws IOException {
    return start(List.of(), data, controlPlanePort, edgePort, more);
  }

  /** Runs it by another program, which becomes it. */
  static AgentProgram startWithin(List<String> by, Path data, int controlPlanePort)
      throws IOException {
    return start(by, data, controlPlanePort, freePort(), Map.of());
  }

  private static AgentProgram start(
      List<String> by, Path data, int controlPlanePort, int edgePort, Map<String, String> more)
      throws IOException {
    var environment = new HashMap<String, String>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("BACKEND_GRPC_ADDR", "127.0.0.1:" + controlPlanePort);
    environment.put("SERVER_ID", FakeControlPlane.SERVER_ID);
    environment.put("AGENT_SECRET", FakeControlPlane.SECRET);
    environment.put("AGENT_INSECURE", "true");
    environment.put("AGENT_HEARTBEAT_SECONDS", "1");
    environment.put("SLIPWAY_AGENT_RUNTIME", "process");
    environment.put("SLIPWAY_AGENT_DATA", data.toString());
    environment.put("SLIPWAY_AGENT_EDGE", "127.0.0.1:" + edgePort);
    environment.put("SLIPWAY_AGENT_ALLOW_FILE_URLS", "true");
    environment.putAll(more);
    Files.createDirectories(data);
    var output = data.resolveSibling(data.getFileName() + ".out");
    var words = new ArrayList<>(by);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.slipway.agent.Main"));
    var builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    return new AgentProgram(builder.start(), output, edgePort);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  int edgePort() {
    return edgePort;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the agent does not end\n" + output());
    }
    return process.exitValue();
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGTERM, and the end of what it does then. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      terminate();
    }
  }
}
