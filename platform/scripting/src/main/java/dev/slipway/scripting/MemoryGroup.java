package dev.slipway.scripting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control group for the workers, below the platform's own, that caps the memory of all of them
 * together: what the heap's limit does not count, such as threads and the engine's own memory,
 * counts there.
 */
final class MemoryGroup {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryGroup.class);
  private static final Path HIERARCHY = Path.of("/sys/fs/cgroup");

  private final Path folder;

  private MemoryGroup(Path folder) {
    this.folder = folder;
  }

  /** Makes the group, or finds it from an earlier start; empty where that is not allowed. */
  static Optional<MemoryGroup> create(long bytes) {
    try {
      for (var line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        var parts = line.split(":", 3);
        var own = parts[2].substring(1);
        if (parts[1].equals("memory")) {
          return create(HIERARCHY.resolve("memory").resolve(own), "memory.limit_in_bytes", bytes);
        }
        var unified = HIERARCHY.resolve(own);
        var children = unified.resolve("cgroup.subtree_control");
        if (parts[1].isEmpty()
            && Files.isReadable(children)
            && Files.readString(children).contains("memory")) {
          return create(unified, "memory.max", bytes);
        }
      }
    } catch (IOException | SecurityException denied) {
      LOG.debug("no control group for workers", denied);
    }
    return Optional.empty();
  }

  private static Optional<MemoryGroup> create(Path parent, String limit, long bytes)
      throws IOException {
    var folder = parent.resolve("slipway-scripts");
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
    Files.writeString(folder.resolve(limit), Long.toString(bytes));
    return Optional.of(new MemoryGroup(folder));
  }

  /** Moves a process into the group. */
  void add(long pid) throws IOException {
    Files.writeString(folder.resolve("cgroup.procs"), Long.toString(pid));
  }
}
