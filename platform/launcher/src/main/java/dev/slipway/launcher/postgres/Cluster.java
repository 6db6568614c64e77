package dev.slipway.launcher.postgres;

import dev.slipway.launcher.files.FileTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one server, and the one-shot programs that act on them. */
final class Cluster {

  static final String SUPERUSER = "slipway";
  static final String HOST = "127.0.0.1";

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final Options options;
  private final Binaries binaries;
  private final Account account;
  private final Path data;

  Cluster(Options options, Binaries binaries, Account account) {
    this.options = options;
    this.binaries = binaries;
    this.account = account;
    this.data = options.dir().resolve("cluster");
  }

  /** Makes the cluster when there is none; refuses one of another major version. */
  String prepare() throws IOException, InterruptedException {
    var secret = options.dir().resolve("superuser.password");
    if (!Files.exists(data)) {
      initialise(secret);
    }
    var major = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!major.equals(binaries.major())) {
      throw new IOException(
          data + " was made by PostgreSQL " + major + ", this is " + binaries.major());
    }
    return Files.readString(secret).strip();
  }

  /**
   * A crash half-way must not leave a folder that looks complete: initdb works beside, then moves.
   */
  private void initialise(Path secret) throws IOException, InterruptedException {
    var fresh = options.dir().resolve("cluster.new");
    FileTree.delete(fresh);
    var password = password(secret);
    var handed = options.dir().resolve("initdb.password");
    Files.deleteIfExists(handed);
    try {
      writePrivate(handed, password);
      account.own(handed);
      Files.createDirectory(fresh, privateTo("rwx------"));
      account.own(fresh);
      var arguments =
          new ArrayList<>(
              List.of(
                  "--pgdata=" + fresh,
                  "--username=" + SUPERUSER,
                  "--auth=scram-sha-256",
                  "--pwfile=" + handed,
                  "--encoding=UTF8",
                  "--locale=C.UTF-8",
                  // Sort order that no update of the C library changes under an index.
                  "--locale-provider=builtin",
                  "--builtin-locale=C.UTF-8"));
      if (!options.durable()) {
        arguments.add("--no-sync");
      }
      run("initdb", arguments, options.startTimeout());
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(handed);
    }
  }

  private static String password(Path secret) throws IOException {
    try {
      return Files.readString(secret).strip();
    } catch (NoSuchFileException _) {
      var random = new byte[24];
      new SecureRandom().nextBytes(random);
      var password = HexFormat.of().formatHex(random);
      // A start that breaks off here must not leave half of one to the next.
      var whole = secret.resolveSibling(secret.getFileName() + ".new");
      Files.deleteIfExists(whole);
      writePrivate(whole, password);
      Files.move(whole, secret, StandardCopyOption.ATOMIC_MOVE);
      return password;
    }
  }

  /** Ends what a crashed owner left behind; the caller holds the lock that proves it crashed. */
  void stopOrphan() throws IOException, InterruptedException {
    var file = pidFile();
    if (file.isEmpty()) {
      return;
    }
    if (isServer(file.get().pid())) {
      LOG.info("stopping PostgreSQL {} that a crash left behind", file.get().pid());
      stop();
    }
    if (ProcessHandle.of(file.get().pid()).isPresent()) {
      // Another program has the pid by now, and the server would take it for a server. In all other
      // cases the file stays: by it the next server finds sessions that outlived the last one.
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    }
  }

  /** Fast stop: open transactions are rolled back, a checkpoint is written. */
  void stop() throws IOException, InterruptedException {
    var seconds = options.stopTimeout().toSeconds();
    try {
      run("pg_ctl", stopWords("fast", seconds), options.stopTimeout().plusSeconds(5));
    } catch (IOException e) {
      if (pidFile().filter(left -> isServer(left.pid())).isEmpty()) {
        return;
      }
      LOG.warn("PostgreSQL did not stop in {} s and is ended at once", seconds, e);
      run("pg_ctl", stopWords("immediate", 5), Duration.ofSeconds(10));
    }
  }

  private List<String> stopWords(String mode, long seconds) {
    return List.of("stop", "--pgdata=" + data, "--mode=" + mode, "-w", "--timeout=" + seconds);
  }

  /** The kept port when it is free, another free one otherwise. */
  int choosePort() throws IOException {
    var file = options.dir().resolve("port");
    var kept = Files.exists(file) ? parsePort(Files.readString(file).strip()) : 0;
    if (kept != 0 && isFree(kept)) {
      return kept;
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      var port = socket.getLocalPort();
      Files.writeString(file, port + "\n");
      return port;
    }
  }

  private static int parsePort(String text) {
    return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0;
  }

  static boolean isFree(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(HOST, port), 1);
      return true;
    } catch (java.net.BindException _) {
      return false;
    }
  }

  Process launch(int port) throws IOException {
    var arguments = new ArrayList<>(List.of("-D", data.toString()));
    options
        .settings()
        .forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    arguments.addAll(
        List.of(
            "-c", "listen_addresses=" + HOST,
            "-c", "port=" + port,
            "-c", "unix_socket_directories=",
            "-c", "logging_collector=off",
            "-c", "log_line_prefix="));
    return process("postgres", arguments).start();
  }

  boolean isReady() throws IOException {
    return pidFile()
        .filter(file -> file.status().equals("ready") && isServer(file.pid()))
        .isPresent();
  }

  /**
   * @param status one of starting, ready, stopping; empty while the file is being written
   */
  private record PidFile(long pid, String status) {}

  private Optional<PidFile> pidFile() throws IOException {
    try {
      var lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.UTF_8);
      if (lines.isEmpty() || !lines.getFirst().matches("-?[0-9]{1,10}")) {
        return Optional.of(new PidFile(0, ""));
      }
      var status = lines.size() < 8 ? "" : lines.get(7).strip();
      return Optional.of(new PidFile(Math.abs(Long.parseLong(lines.getFirst())), status));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** True when the process is a server that was started on this very folder. */
  private boolean isServer(long pid) {
    try {
      var words = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      return List.of(words.split("\0")).contains(data.toString());
    } catch (IOException _) {
      return false;
    }
  }

  private void run(String program, List<String> arguments, Duration timeout)
      throws IOException, InterruptedException {
    var process = process(program, arguments).start();
    var output = new Tail(process.inputReader(StandardCharsets.UTF_8), program);
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(
            program + " did not end within " + timeout.toSeconds() + " s: " + output.text());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          program + " failed with status " + process.exitValue() + ": " + output.text());
    }
  }

  private ProcessBuilder process(String program, List<String> arguments) {
    var builder =
        new ProcessBuilder(account.command(binaries.program(program), arguments))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    // Variables such as PGOPTIONS or PGDATA of the operator's shell must not reach the server, nor
    // may its secrets.
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder;
  }

  private static void writePrivate(Path file, String text) throws IOException {
    try {
      Files.createFile(file, privateTo("rw-------"));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + " appeared while it was being written", e);
    }
    try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
  }

  private static java.nio.file.attribute.FileAttribute<?> privateTo(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }
}
