package dev.slipway.scripting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts worker processes. */
final class WorkerLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLauncher.class);
  private static final int HEAP_MEGABYTES = 256;

  /** Heap, and what a JVM needs besides. */
  private static final long BYTES_PER_WORKER = (HEAP_MEGABYTES + 320L) * 1024 * 1024;

  private final Path java;
  private final List<Path> jars;
  private final Confinement confinement;
  private final Optional<MemoryGroup> group;
  private final ScheduledExecutorService timer;

  private WorkerLauncher(
      Path java,
      List<Path> jars,
      Confinement confinement,
      Optional<MemoryGroup> group,
      ScheduledExecutorService timer) {
    this.java = java;
    this.jars = jars;
    this.confinement = confinement;
    this.group = group;
    this.timer = timer;
  }

  /**
   * Looks what the machine offers.
   *
   * @param folder holds the jars of the worker program
   * @param workers how many there will be
   */
  static WorkerLauncher find(Path folder, int workers, ScheduledExecutorService timer)
      throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var jars = jars(folder);
    var confinement = Confinement.find(jars, java);
    var group = MemoryGroup.create(workers * BYTES_PER_WORKER);
    var missing = new ArrayList<>(confinement.missing());
    if (group.isEmpty()) {
      missing.add("a control group that caps their memory");
    }
    LOG.info(
        "script workers have {}; an empty environment{}",
        String.join(", ", confinement.had()),
        group.isPresent() ? ", a control group" : "");
    if (!missing.isEmpty()) {
      LOG.warn("script workers are not held in: {}", String.join("; ", missing));
    }
    return new WorkerLauncher(java, jars, confinement, group, timer);
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      var jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw new IOException(folder + " holds no worker program");
      }
      return jars;
    }
  }

  /**
   * Starts one; it is not ready yet.
   *
   * @param number counts the workers of this node
   */
  WorkerProcess start(int number) throws IOException {
    var words = new ArrayList<>(confinement.words(number));
    words.addAll(command());
    var builder = new ProcessBuilder(words).directory(Path.of("/").toFile());
    // Nothing is inherited: no variable, and of the open files only the three pipes.
    builder.environment().clear();
    var process = builder.start();
    var worker = new WorkerProcess(number, process, timer);
    if (group.isPresent()) {
      group.get().add(process.pid());
    }
    return worker;
  }

  private List<String> command() {
    return List.of(
        java.toString(),
        "-Xms32m",
        "-Xmx" + HEAP_MEGABYTES + "m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:MaxDirectMemorySize=8m",
        "-XX:-UsePerfData",
        "-XX:+DisableAttachMechanism",
        "-XX:ErrorFile=/dev/null",
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
        "-cp",
        jars.stream().map(Path::toString).collect(Collectors.joining(":")),
        "dev.slipway.scriptworker.Main");
  }
}
