package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A platform on this machine with a data folder of its own, started and stopped as tests need it.
 */
final class Node implements AutoCloseable {
  static final String EMAIL = "owner@example.com";
  static final String PASSWORD = "Correct-horse-7-battery";

  private final Path folder;
  private final int http;
  private final int grpc;
  private final int edge;
  private final Map<String, String> environment = new HashMap<>();
  private String quickly = "";
  private @Nullable Program program;

  private Node(Path folder, int http, int grpc, int edge) {
    this.folder = folder;
    this.http = http;
    this.grpc = grpc;
    this.edge = edge;
    environment.put("SLIPWAY_AGENT_EDGE", "127.0.0.1:" + edge);
    // Unpacking the database's program once is enough for all.
    environment.put(
        "SLIPWAY_POSTGRES_CACHE", Path.of("target", "postgres").toAbsolutePath().toString());
  }

  /** Nothing runs yet. */
  static Node create() throws IOException {
    var folder = Files.createTempDirectory("slipway-it-");
    // Root's database runs under another user, which has to get to its files.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Node(folder, Ports.free(), Ports.free(), Ports.free());
  }

  /** As {@link #create}, for tests that need no first start of a newcomer. */
  static Node quiet() throws IOException, InterruptedException {
    var node = create().asOwner();
    UsedFolder.made().copyTo(node.data());
    node.quickly = UsedFolder.made().javaOptions();
    return node;
  }

  /** Who its owner is, and that it makes no cache. */
  Node asOwner() {
    return with("SLIPWAY_AOT", "off")
        .with("SLIPWAY_ROOT_EMAIL", EMAIL)
        .with("SLIPWAY_ROOT_PASSWORD", PASSWORD);
  }

  Node with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Below it lies all that this node's tests write. */
  Path folder() {
    return folder;
  }

  Path data() {
    return folder.resolve("data");
  }

  String url() {
    return "http://127.0.0.1:" + http;
  }

  Program program() {
    if (program == null) {
      throw new IllegalStateException("not started");
    }
    return program;
  }

  /** Where it speaks gRPC. */
  int grpc() {
    return grpc;
  }

  /** Starts it without waiting. */
  Program launch(String... more) throws IOException {
    var words = new ArrayList<>(List.of("run", "--data", data().toString()));
    words.addAll(List.of("--http", "127.0.0.1:" + http, "--grpc", "127.0.0.1:" + grpc));
    words.addAll(Arrays.asList(more));
    var variables = new HashMap<>(environment);
    variables.merge("SLIPWAY_JAVA_OPTS", quickly, (given, ours) -> ours + " " + given);
    program = Program.start(folder, variables, "", words.toArray(String[]::new));
    return program;
  }

  /** Starts it and waits until it says that it is ready and has said all that belongs to that. */
  List<String> start(String... more) throws IOException, InterruptedException {
    var started = launch(more);
    Await.until(
        "the platform is ready",
        () -> {
          assertThat(started.isAlive()).as("%s", started).isTrue();
          return says(started, "is ready") && Files.exists(data().resolve("initialised"));
        });
    return started.output();
  }

  static boolean says(Program program, String text) {
    return program.output().stream().anyMatch(line -> line.contains(text));
  }

  ProcessHandle agent() throws IOException {
    return process(data().resolve("agent/agent.pid"));
  }

  ProcessHandle database() throws IOException {
    return process(data().resolve("postgres/cluster/postmaster.pid"));
  }

  /** A connection to that database, as its superuser. */
  Connection connect() throws IOException, SQLException {
    var folder = data().resolve("postgres");
    var password = Files.readString(folder.resolve("superuser.password")).strip();
    var port = Files.readString(folder.resolve("port")).strip();
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/slipway";
    return DriverManager.getConnection(url, "slipway", password);
  }

  private static ProcessHandle process(Path note) throws IOException {
    var pid = Long.parseLong(Files.readString(note).split("\\s")[0]);
    return ProcessHandle.of(pid).orElseThrow(() -> new NoSuchFileException(note + ": " + pid));
  }

  /**
   * All processes that have to do with the data folder: it stands in what they were called with.
   */
  List<String> processes() throws IOException {
    var found = new ArrayList<String>();
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      for (var entry : entries.filter(e -> e.getFileName().toString().matches("\\d+")).toList()) {
        about(entry).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<String> about(Path process) {
    try {
      var words = Files.readString(process.resolve("cmdline")).replace('\0', ' ').strip();
      var place = Files.readSymbolicLink(process.resolve("cwd"));
      var ours = words.contains(folder.toString()) || place.startsWith(folder);
      return ours && !words.isEmpty() ? Optional.of(words) : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (program != null) {
      program.close();
    }
    delete(folder);
  }

  private static void delete(Path folder) throws IOException, InterruptedException {
    var command = List.of("rm", "-rf", "--", folder.toString());
    var process = new ProcessBuilder(command).inheritIO().start();
    process.waitFor(1, TimeUnit.MINUTES);
  }
}
