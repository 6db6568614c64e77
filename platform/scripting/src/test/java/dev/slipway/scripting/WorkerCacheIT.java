package dev.slipway.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.script.ScriptTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache is made in the background, and those that start later map it. */
class WorkerCacheIT {
  private static final String MADE = ".*/[0-9a-f]{32}\\.aot";

  @TempDir Path folder;

  @Test
  void isMadeAndUsedByLaterWorkers() throws Exception {
    // What is left of another build.
    var caches = Files.createDirectories(folder.resolve("cache/scripting"));
    Files.writeString(caches.resolve("old.aot"), "old");
    Files.setPosixFilePermissions(
        folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    var program = new WorkerProgram(Sandboxes.worker(), caches, Duration.ZERO);
    try (var sandbox = new Sandbox(program, 1, Duration.ZERO)) {
      sandbox.warm();
      Sandboxes.eventually(
          () -> list(caches).size() == 1 && list(caches).getFirst().toString().matches(MADE),
          "the cache is made");
      var cache = list(caches).getFirst();
      sandbox
          .pids()
          .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      Sandboxes.eventually(() -> sandbox.pids().stream().anyMatch(pid -> maps(pid, cache)), "used");
      var task =
          new ScriptTask(
              UUID.randomUUID(),
              "a.js",
              "export default () => 'here'",
              "{}",
              Set.of(),
              Duration.ofSeconds(10));
      var outcome = sandbox.run(task, new TestHost());
      assertThat(outcome.result()).as(outcome.toString()).isEqualTo("\"here\"");
    }
  }

  private static boolean maps(long pid, Path file) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/maps")).contains(file.toString());
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
