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
final class WorkerLauncher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLauncher.class);
  private static final int HEAP_MEGABYTES = 256;

  /** Heap, and what a JVM needs besides. */
  private static final long BYTES_PER_WORKER = (HEAP_MEGABYTES + 320L) * 1024 * 1024;

  private final List<String> java;
  private final Confinement confinement;
  private final Optional<WorkerCache> cache;
  private final Optional<MemoryGroup> group;
  private final ScheduledExecutorService timer;

  private WorkerLauncher(
      List<String> java,
      Confinement confinement,
      Optional<WorkerCache> cache,
      Optional<MemoryGroup> group,
      ScheduledExecutorService timer) {
    this.java = java;
    this.confinement = confinement;
    this.cache = cache;
    this.group = group;
    this.timer = timer;
  }

  /**
   * Looks what the machine offers.
   *
   * @param program where the program is, and its cache
   * @param workers how many there will be
   */
  static WorkerLauncher find(WorkerProgram program, int workers, ScheduledExecutorService timer)
      throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var jars = jars(program.folder());
    var command = command(java, jars);
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
    var cache = program.cache(command, jars);
    return new WorkerLauncher(command, confinement, cache, group, timer);
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
    words.add(java.getFirst());
    cache
        .flatMap(WorkerCache::file)
        .filter(file -> confinement.reads(number, file))
        .ifPresent(file -> words.add("-XX:AOTCache=" + file));
    words.addAll(java.subList(1, java.size()));
    words.add("dev.slipway.scriptworker.Main");
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

  /** Breaks off what is made in the background. */
  @Override
  public void close() {
    cache.ifPresent(WorkerCache::close);
  }

  private static List<String> command(Path java, List<Path> jars) {
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
        jars.stream().map(Path::toString).collect(Collectors.joining(":")));
  }
}
