package dev.slipway.fleet.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The agent's process. It writes to its log file by itself, without a pipe to the platform, and a
 * note in the data folder says which process it is: so it goes on when the platform dies, and the
 * next platform finds it.
 */
final class AgentProcess {
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
  private static final long LARGEST_LOG = 20L << 20;

  /** Start times are computed from the clock, which may have been set meanwhile. */
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

  private final List<String> command;
  private final Path folder;
  private final Path note;
  private final Path log;

  /**
   * Knows how to start it.
   *
   * @param command program and arguments
   * @param folder where it runs and the note lies
   * @param log what it writes its output to
   */
  AgentProcess(List<String> command, Path folder, Path log) {
    this.command = List.copyOf(command);
    this.folder = folder;
    this.note = folder.resolve("agent.pid");
    this.log = log;
  }

  /** The process that an earlier run of the platform started, if it still runs. */
  Optional<ProcessHandle> find() throws IOException {
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    var parts = Files.readString(note).strip().split(" ");
    if (parts.length != 2 || !parts[0].matches("\\d{1,10}") || !parts[1].matches("\\d{1,15}")) {
      return Optional.empty();
    }
    var started = Instant.ofEpochMilli(Long.parseLong(parts[1]));
    return ProcessHandle.of(Long.parseLong(parts[0]))
        .filter(ProcessHandle::isAlive)
        .filter(handle -> startedAt(handle, started));
  }

  /** Another process may have got the number since; it started at another time. */
  private static boolean startedAt(ProcessHandle handle, Instant noted) {
    return handle
        .info()
        .startInstant()
        .map(start -> Duration.between(noted, start).abs().compareTo(CLOCK_SLACK) <= 0)
        .orElse(false);
  }

  /**
   * Starts it with this environment and nothing inherited but what Java, Docker and git need to be
   * found.
   */
  ProcessHandle start(Map<String, String> environment) throws IOException {
    Files.createDirectories(folder);
    Files.createDirectories(log.toAbsolutePath().getParent());
    trimLog();
    var builder =
        new ProcessBuilder(inOwnSession(command))
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().retainAll(Inherited.NAMES);
    builder.environment().putAll(environment);
    var handle = builder.start().toHandle();
    var started = handle.info().startInstant().orElseGet(Instant::now);
    Files.writeString(note, handle.pid() + " " + started.toEpochMilli() + "\n");
    return handle;
  }

  /**
   * Ctrl-C in a terminal signals the whole process group: the platform is to end the agent in its
   * turn, and not to find it gone and start another one. {@code setsid} keeps the process's number.
   */
  private static List<String> inOwnSession(List<String> command) {
    var words = new ArrayList<String>();
    SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(p -> words.add(p.toString()));
    words.addAll(command);
    return words;
  }

  /**
   * Keeps the log within bounds. It is opened for appending, so cutting it while it is written to
   * does no harm.
   */
  void trimLog() throws IOException {
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
      Files.copy(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      try (var file = FileChannel.open(log, StandardOpenOption.WRITE)) {
        file.truncate(0);
      }
    }
  }

  /** Asks it to end, and makes it end when it did not in time. */
  void stop(ProcessHandle handle, Duration patience) throws IOException {
    handle.destroy();
    if (!ended(handle, patience)) {
      handle.destroyForcibly();
      ended(handle, patience);
    }
    Files.deleteIfExists(note);
  }

  /** Waits for its end. */
  static boolean ended(ProcessHandle handle, Duration patience) {
    try {
      handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return !handle.isAlive();
    }
  }

  private static final class Inherited {
    static final List<String> NAMES =
        List.of(
            "PATH",
            "HOME",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "JAVA_HOME",
            "SLIPWAY_JAVA_HOME",
            "SLIPWAY_AGENT_JAVA_OPTS",
            "SLIPWAY_AGENT_ALLOW_FILE_URLS",
            "DOCKER_HOST",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "GIT_SSL_CAINFO");
  }
}
