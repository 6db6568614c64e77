package dev.slipway.agent.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder in which an earlier life of the agent was at work when it was killed. */
public final class Leftover {
  private Leftover() {}

  /** Ends what still works there, then deletes the folder; nothing happens where there is none. */
  public static void remove(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      endWorkers(folder);
    }
    FileTree.delete(folder);
  }

  /**
   * Ends processes that work in the folder or have their home there, with all of their sessions.
   * Somebody's shell that happens to be there has a terminal; what an agent starts has none.
   */
  public static void endWorkers(Path folder) throws IOException {
    var places = List.of(folder.toAbsolutePath() + "/", folder.toRealPath() + "/");
    for (var process : ProcFs.processes()) {
      if (process.terminal() == 0 && worksIn(process.pid(), places)) {
        end(process);
      }
    }
  }

  private static boolean worksIn(long pid, List<String> places) {
    return Stream.concat(
            ProcFs.workingFolder(pid).map(Path::toString).stream(),
            ProcFs.variable(pid, "HOME").stream())
        .anyMatch(used -> places.stream().anyMatch((used + "/")::startsWith));
  }

  private static void end(ProcFs.Stat process) {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    try {
      // Without setsid on this host it shares the session of its agent, perhaps of this one too.
      if (ProcessGroup.supported()) {
        new ProcessGroup(process.session()).kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
