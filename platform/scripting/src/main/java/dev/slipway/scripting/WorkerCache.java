package dev.slipway.scripting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ahead-of-time cache of the worker program, made once in the background from a run that only
 * warms up. It is named after all that would make it unfit; workers that start later use it.
 */
final class WorkerCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerCache.class);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String MAIN = "dev.slipway.scriptworker.Main";

  private final Path folder;
  private final List<String> java;
  private final String fingerprint;
  private final Thread thread;

  /**
   * Makes it where there is none that fits.
   *
   * @param java the program with the options and the class path of workers
   * @param jars on that class path
   * @param idle how long to wait before: workers that are wanted come first
   */
  WorkerCache(Path folder, List<String> java, List<Path> jars, Duration idle) throws IOException {
    this.folder = passable(folder);
    this.java = java;
    fingerprint = fingerprint(java, jars);
    thread =
        Thread.ofPlatform().daemon().name("script worker cache").unstarted(() -> supervise(idle));
    if (file().isEmpty()) {
      thread.start();
    }
  }

  /** Workers may have users of their own. */
  private static Path passable(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var each : List.of(folder, folder.toAbsolutePath().getParent())) {
      var mode = Files.getPosixFilePermissions(each);
      if (mode.addAll(PosixFilePermissions.fromString("--x--x--x"))) {
        Files.setPosixFilePermissions(each, mode);
      }
    }
    return folder;
  }

  /** The cache, once it is there. */
  Optional<Path> file() {
    return Optional.of(made()).filter(Files::isRegularFile);
  }

  private Path made() {
    return folder.resolve(fingerprint + ".aot");
  }

  /** A cache is a convenience: whatever fails here is logged and costs nothing else. */
  private void supervise(Duration idle) {
    try {
      Thread.sleep(idle);
      sweep();
      train();
      LOG.info("script workers use the ahead-of-time cache {}", made());
    } catch (IOException | RuntimeException failure) {
      LOG.warn("the ahead-of-time cache of script workers could not be made", failure);
    } catch (InterruptedException stopped) {
      LOG.debug("no ahead-of-time cache for script workers: the platform stops");
    }
  }

  private void train() throws IOException, InterruptedException {
    var scratch = Files.createTempDirectory(folder, "training-");
    try {
      var output = scratch.resolve("made.aot");
      var words = new ArrayList<>(List.of("nice", "-n", "10", java.getFirst()));
      words.add("-XX:AOTCacheOutput=" + output);
      words.addAll(java.subList(1, java.size()));
      words.addAll(List.of(MAIN, "--train"));
      run(words);
      if (!Files.exists(output)) {
        throw new IOException("the training run has left nothing");
      }
      Files.setPosixFilePermissions(output, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(output, made(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(scratch);
    }
  }

  private static void run(List<String> words) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(words)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    var process = builder.start();
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("the training run did not end within " + LONGEST);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Removes what other builds and broken-off runs have left. */
  private void sweep() throws IOException {
    try (var left = Files.newDirectoryStream(folder)) {
      for (var path : left) {
        delete(path);
      }
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (var below = Files.newDirectoryStream(path)) {
        for (var file : below) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  private static String fingerprint(List<String> java, List<Path> jars) throws IOException {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      var text = new StringBuilder(System.getProperty("java.vm.version"));
      java.forEach(word -> text.append('\n').append(word));
      for (var jar : jars) {
        text.append('\n')
            .append(Files.size(jar))
            .append(' ')
            .append(Files.getLastModifiedTime(jar));
      }
      var digest = hash.digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Breaks a training run off. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
