package dev.slipway.agent.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A session of processes, named by the pid of its leader. Children are started through {@code
 * setsid} so that a signal reaches everything they start and nothing else.
 */
public final class ProcessGroup {
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
  private static final Duration POLL = Duration.ofMillis(25);
  private static final int KILL_ROUNDS = 40;

  private final long leader;

  public ProcessGroup(long leader) {
    this.leader = leader;
  }

  /** False on a host without util-linux or busybox; children then share the agent's session. */
  public static boolean supported() {
    return SETSID.stream().anyMatch(Files::isExecutable);
  }

  /** The command to start so that it leads a session of its own. */
  public static List<String> leading(List<String> argv) {
    var words = new ArrayList<String>();
    SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(p -> words.add(p.toString()));
    words.addAll(argv);
    return List.copyOf(words);
  }

  /** All living processes of the session, the leader included. */
  public List<ProcFs.Stat> members() {
    return ProcFs.processes().stream()
        .filter(p -> p.session() == leader || p.pid() == leader)
        .filter(p -> !p.isZombie())
        .toList();
  }

  /** Asks by SIGTERM, waits, then kills what is left. */
  public void terminate(Duration grace) throws InterruptedException {
    signal("TERM");
    var deadline = System.nanoTime() + grace.toNanos();
    while (!members().isEmpty()) {
      if (System.nanoTime() >= deadline) {
        kill();
        return;
      }
      Thread.sleep(POLL);
    }
  }

  /**
   * Ends every member; returns when none is left or when they will not die (uninterruptible I/O).
   */
  public void kill() throws InterruptedException {
    for (int round = 0; round < KILL_ROUNDS; round++) {
      var members = members();
      if (members.isEmpty()) {
        return;
      }
      // The group signal is atomic and beats a process that forks; stragglers have groups of their
      // own.
      signal("KILL");
      for (var member : members) {
        ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
      Thread.sleep(POLL);
    }
  }

  private void signal(String name) throws InterruptedException {
    if (!supported()) {
      // Without a session of its own the leader's group is the agent's: only the leader may be hit.
      ProcessHandle.of(leader)
          .ifPresent(
              p -> {
                if (name.equals("KILL")) {
                  p.destroyForcibly();
                } else {
                  p.destroy();
                }
              });
      return;
    }
    try {
      var kill =
          new ProcessBuilder(
                  "/bin/sh",
                  "-c",
                  "kill -s \"$1\" -- \"-$2\" 2>/dev/null",
                  "sh",
                  name,
                  Long.toString(leader))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.waitFor(5, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new IllegalStateException("no /bin/sh to send a signal with", e);
    }
  }
}
