package dev.slipway.agent.runtime.process;

import dev.slipway.agent.os.ProcFs;
import dev.slipway.agent.os.ProcessGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A started app. Its pid, start time and boot id, which the start script writes before it becomes
 * the app, name the process beyond doubt, so a later life of the agent finds it again or knows it
 * is gone.
 */
final class LiveProcess {
  /** What {@link #awaitEnd} answers when the process was not the agent's child. */
  static final int UNKNOWN_EXIT = 255;

  private static final long LOOK_MILLIS = 200;
  private static final long IDENTITY_WAIT_MILLIS = 5000;

  /** $1 identity file, $2 command, further: cgroup files to join. */
  private static final String SCRIPT =
      """
      identity=$1; command=$2; shift 2
      read -r boot < /proc/sys/kernel/random/boot_id
      read -r stat < /proc/$$/stat
      printf '%s\\n%s\\n' "$boot" "$stat" > "$identity"
      for group in "$@"; do echo 0 > "$group" || echo "slipway: no limit by $group" >&2; done
      exec /bin/sh -c "$command"
      """;

  private final long pid;
  private final long startTicks;
  private final @Nullable Process child;

  private LiveProcess(long pid, long startTicks, @Nullable Process child) {
    this.pid = pid;
    this.startTicks = startTicks;
    this.child = child;
  }

  /** Files of a start: where it runs, where its output goes, where its identity is written. */
  record Place(Path folder, Path out, Path error, Path identity) {}

  static LiveProcess start(
      String command, Map<String, String> environment, Place place, LimitGroup limits)
      throws IOException, InterruptedException {
    Files.deleteIfExists(place.identity());
    var argv = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "slipway"));
    argv.add(place.identity().toString());
    argv.add(command);
    limits.joinFiles().forEach(file -> argv.add(file.toString()));
    var builder = new ProcessBuilder(ProcessGroup.leading(argv));
    builder.directory(place.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    // Files, not pipes: the app must neither end nor block when the agent does.
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(place.out().toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(place.error().toFile()));
    var child = builder.start();
    for (long waited = 0; waited < IDENTITY_WAIT_MILLIS && child.isAlive(); waited += 5) {
      var named = find(place.identity(), child);
      if (named.isPresent()) {
        return named.get();
      }
      Thread.sleep(5);
    }
    return new LiveProcess(child.pid(), -1, child);
  }

  /** The process that an identity file names, when it still runs. */
  static Optional<LiveProcess> adopt(Path identity) throws IOException {
    return find(identity, null);
  }

  private static Optional<LiveProcess> find(Path identity, @Nullable Process child)
      throws IOException {
    if (!Files.exists(identity)) {
      return Optional.empty();
    }
    var lines = Files.readAllLines(identity);
    if (lines.size() < 2 || !lines.getFirst().equals(ProcFs.bootId())) {
      return Optional.empty();
    }
    var stat = ProcFs.Stat.parse(lines.get(1));
    var found = new LiveProcess(stat.pid(), stat.startTicks(), child);
    return found.isAlive() ? Optional.of(found) : Optional.empty();
  }

  long pid() {
    return pid;
  }

  ProcessGroup group() {
    return new ProcessGroup(pid);
  }

  boolean isAlive() {
    if (child != null) {
      return child.isAlive();
    }
    return ProcFs.stat(pid).filter(s -> s.startTicks() == startTicks && !s.isZombie()).isPresent();
  }

  /** Waits for the leader's end and ends the rest of its session; returns the exit code. */
  int awaitEnd() throws InterruptedException {
    int code = UNKNOWN_EXIT;
    if (child != null) {
      code = child.waitFor();
    } else {
      while (isAlive()) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
    group().kill();
    return code;
  }

  boolean isChild() {
    return child != null;
  }
}
