package dev.slipway.launcher.aot;

import dev.slipway.launcher.files.FileTree;
import dev.slipway.launcher.osgi.ClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache files of one data folder. {@code bin/slipway} gives the JVM whatever {@code current}
 * points at; the JVM ignores a file that does not fit.
 */
public final class AotCache implements AutoCloseable {

  /** Property that marks a run whose only purpose is to make a cache. */
  public static final String TRAINING = "slipway.training";

  private static final Logger LOG = LoggerFactory.getLogger(AotCache.class);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration LONGEST_TRAINING = Duration.ofMinutes(10);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
  private static final String CURRENT = "current";
  private static final String JAVA_OPTIONS = "SLIPWAY_JAVA_OPTS";

  private final Path folder;
  private final String fingerprint;
  private final ProcessBuilder command;
  private final Thread thread;

  /**
   * @param folder the cache's own folder
   * @param program {@code bin/slipway}
   * @param environment variables that the training run needs besides ours
   */
  public AotCache(Path folder, Path program, Map<String, String> environment) throws IOException {
    this.folder = folder;
    this.fingerprint = fingerprint();
    this.command =
        new ProcessBuilder(
                List.of(
                    // Behind everything else, but not so far that it never ends on a busy machine.
                    "nice",
                    "-n",
                    "10",
                    program.toString(),
                    "run",
                    "--agent",
                    "off",
                    "--http",
                    "127.0.0.1:0",
                    "--grpc",
                    "127.0.0.1:0"))
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true);
    // The same JVM with the same options, but nothing else of this installation.
    command
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("SLIPWAY_") && !name.equals(JAVA_OPTIONS));
    command.environment().put("SLIPWAY_JAVA_HOME", System.getProperty("java.home"));
    command.environment().putAll(environment);
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("aot-cache")
            .priority(Thread.MIN_PRIORITY)
            .unstarted(this::supervise);
  }

  /**
   * All that makes a JVM refuse or ignore a cache: its build, its options, the jars and their
   * paths.
   */
  private static String fingerprint() throws IOException {
    var options = System.getenv().getOrDefault(JAVA_OPTIONS, "");
    return ClassPath.digest(
        System.getProperty("java.home")
            + System.getProperty("java.vm.version")
            + options
            + ClassPath.own().fingerprint());
  }

  /** Makes the cache in the background when there is none that fits. */
  public void makeWhenIdle() throws IOException {
    if (!fits()) {
      thread.start();
    }
  }

  private boolean fits() throws IOException {
    var current = folder.resolve(CURRENT);
    return Files.isSymbolicLink(current)
        && Files.readSymbolicLink(current).equals(file().getFileName())
        && Files.exists(file());
  }

  private Path file() {
    return folder.resolve(fingerprint + ".aot");
  }

  /** A cache is a convenience: whatever fails here is logged and costs nothing else. */
  private void supervise() {
    try {
      TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
      train();
      LOG.info("the next start uses the ahead-of-time cache {}", file());
    } catch (IOException | RuntimeException e) {
      LOG.warn("the ahead-of-time cache could not be made", e);
    } catch (InterruptedException e) {
      LOG.debug("the platform stops before the ahead-of-time cache was made", e);
    }
  }

  private void train() throws IOException, InterruptedException {
    sweep();
    var scratch = Files.createTempDirectory(folder, "training-");
    // The training's database may run under a user of its own.
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
    try {
      var made = scratch.resolve("made.aot");
      run(scratch, made);
      Files.move(made, file(), StandardCopyOption.ATOMIC_MOVE);
      pointTo(file());
    } finally {
      FileTree.delete(scratch);
    }
  }

  private void run(Path scratch, Path made) throws IOException, InterruptedException {
    command.environment().put("SLIPWAY_DATA", scratch.resolve("data").toString());
    command.environment().put("SLIPWAY_TRAINING", made.toString());
    var output = scratch.resolve("output.log");
    var process = command.redirectOutput(output.toFile()).start();
    try {
      if (!process.waitFor(LONGEST_TRAINING.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(
            "the training run did not end in " + LONGEST_TRAINING.toMinutes() + " min");
      }
    } finally {
      stop(process);
    }
    if (!Files.exists(made)) {
      throw new IOException(
          "the training run ended with " + process.exitValue() + ": " + lastLine(output));
    }
  }

  /** The run stops its own database when it is asked to. */
  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String lastLine(Path output) throws IOException {
    try (var lines = Files.lines(output, StandardCharsets.UTF_8)) {
      return lines.filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
    }
  }

  private void pointTo(Path made) throws IOException {
    var link = folder.resolve(CURRENT + ".new");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, made.getFileName());
    Files.move(link, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes what earlier sets of jars and broken-off training runs left. */
  private void sweep() throws IOException {
    try (var left = Files.newDirectoryStream(folder)) {
      for (var path : left) {
        var keep = path.equals(file()) || path.getFileName().toString().equals(CURRENT);
        if (!keep && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          FileTree.delete(path);
        } else if (!keep) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /** Breaks off a training run. */
  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    if (thread.isAlive()) {
      thread.join(LONGEST_STOP.plusSeconds(2));
    }
  }
}
