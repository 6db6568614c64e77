package dev.slipway.scripting;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the worker program is.
 *
 * @param folder holds its jars
 * @param caches where its ahead-of-time cache belongs; null for none
 * @param idle how long to wait before that is made
 */
record WorkerProgram(Path folder, @Nullable Path caches, Duration idle) {
  /** Without a cache. */
  static WorkerProgram in(Path folder) {
    return new WorkerProgram(folder, null, Duration.ZERO);
  }

  Optional<WorkerCache> cache(List<String> java, List<Path> jars) throws IOException {
    return caches == null
        ? Optional.empty()
        : Optional.of(new WorkerCache(caches, java, jars, idle));
  }
}
