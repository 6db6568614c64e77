package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import dev.slipway.agent.runtime.docker.ContainerAccess.Facts;
import dev.slipway.agent.runtime.docker.ContainerAccess.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Exchanges what lies in a folder of a volume while its service is stopped. What was there stays
 * beside the new until that is known to be good. Each step ends in a rename, so that what an agent
 * that was killed has left can be told from what is whole: things that are on their way back or
 * forth, the whole of what was there before, and what is only to be deleted.
 */
final class VolumeSwap implements AutoCloseable {
  private static final String MOVING = "/.slipway-moving";
  private static final String BEFORE = "/.slipway-before";
  private static final String OLD = "/.slipway-old";
  private static final long RESERVE = 64 << 20;
  private static final int FREE_COLUMN = 3;
  private static final int ID_LENGTH = 12;

  private final ContainerAccess containers;
  private final String folder;
  private final List<String> which;
  private final String helper;

  /**
   * @param service as it was when this was asked for; it is stopped meanwhile
   * @param folder of the service's container
   * @param which of its entries, in the words of {@code find}
   */
  VolumeSwap(ContainerAccess containers, Facts service, String folder, List<String> which)
      throws RuntimeRefusal, IOException, InterruptedException {
    this.containers = containers;
    this.folder = folder;
    this.which = which;
    requireVolume(service, folder);
    var name = "permanu-restore-" + service.id().substring(0, ID_LENGTH);
    helper = Calm.made(() -> containers.beside(service, name));
    boolean ready = false;
    try {
      Calm.whole(() -> tidy(service.running()));
      ready = true;
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  private static void requireVolume(Facts service, String folder) throws RuntimeRefusal {
    var place = Path.of(folder).normalize();
    if (!place.isAbsolute() || !place.toString().equals(folder) || place.getNameCount() == 0) {
      throw new RuntimeRefusal("the data is not in a folder of its own: " + folder);
    }
    if (service.mounts().stream().noneMatch(place::startsWith)) {
      throw new RuntimeRefusal("the data is not in a volume: " + folder);
    }
  }

  /** A service that ran with the new has had it since; otherwise nobody knows that it is good. */
  private void tidy(boolean ran) throws RuntimeRefusal, IOException, InterruptedException {
    if (ran && isThere(BEFORE)) {
      forget();
    }
    back();
    run("rm", "-rf", folder + OLD);
  }

  private boolean isThere(String name) throws RuntimeRefusal, IOException, InterruptedException {
    return !run("find", folder, "-mindepth", "1", "-maxdepth", "1", "-name", name.substring(1))
        .isEmpty();
  }

  /** Runs a program where the volume is, as root. */
  String run(String... words) throws RuntimeRefusal, IOException, InterruptedException {
    return containers.text(helper, new Program(List.of(words), Map.of(), ServiceKind.LIMIT));
  }

  /** Puts aside what is there, where as many bytes have room beside it. */
  void clear(long bytes) throws RuntimeRefusal, IOException, InterruptedException {
    requireRoom(bytes);
    Calm.whole(
        () -> {
          run("mkdir", folder + MOVING);
          entries(folder, which, "-exec", "mv", "{}", folder + MOVING + "/", ";");
          if (!entries(folder, which, "-print").isEmpty()) {
            throw new RuntimeRefusal("what is in " + folder + " cannot be put aside");
          }
          run("mv", folder + MOVING, folder + BEFORE);
        });
  }

  private void requireRoom(long bytes) throws RuntimeRefusal, IOException, InterruptedException {
    var columns = run("df", "-Pk", folder).lines().reduce("", (a, line) -> line).split(" +");
    var free = columns.length > FREE_COLUMN ? columns[FREE_COLUMN] : "";
    if (!free.matches("\\d{1,15}")) {
      throw new RuntimeRefusal("how much room " + folder + " has cannot be told");
    }
    if (Long.parseLong(free) * 1024 < bytes + RESERVE) {
      throw new RuntimeRefusal("no room for the backup beside what is in " + folder);
    }
  }

  private String entries(String from, List<String> those, String... action)
      throws RuntimeRefusal, IOException, InterruptedException {
    var words = new ArrayList<>(List.of("find", from, "-mindepth", "1", "-maxdepth", "1"));
    words.addAll(List.of("!", "-name", ".slipway-*"));
    words.addAll(those);
    words.addAll(List.of(action));
    return run(words.toArray(String[]::new));
  }

  /** Unpacks a tar there. */
  void place(InputStream tar) throws RuntimeRefusal, IOException {
    containers.place(helper, folder, tar);
  }

  /** All as it was; nothing happens where nothing was put aside. */
  void undo() throws RuntimeRefusal, IOException, InterruptedException {
    Calm.whole(this::back);
  }

  private void back() throws RuntimeRefusal, IOException, InterruptedException {
    if (isThere(BEFORE)) {
      entries(folder, which, "-exec", "rm", "-rf", "{}", ";");
      run("mv", folder + BEFORE, folder + MOVING);
    }
    if (isThere(MOVING)) {
      entries(folder + MOVING, List.of(), "-exec", "mv", "{}", folder + "/", ";");
      run("rmdir", folder + MOVING);
    }
  }

  /** The new is good: what was there before goes. */
  void settle() throws RuntimeRefusal, IOException, InterruptedException {
    Calm.whole(this::forget);
  }

  private void forget() throws RuntimeRefusal, IOException, InterruptedException {
    run("mv", folder + BEFORE, folder + OLD);
    run("rm", "-rf", folder + OLD);
  }

  @Override
  public void close() {
    Calm.atLast("removing " + helper, () -> containers.remove(helper, false));
  }
}
