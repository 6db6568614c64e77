package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data folder that a platform has run on once, and the ahead-of-time cache of that run: nodes
 * that begin with them have no database to make and few classes to read, which is most of a first
 * start. Made once per test run, for whoever asks first.
 */
final class UsedFolder {
  /** No platform of a test lives long enough for the better of the JVM's compilers to pay. */
  private static final String COMPILER = "-XX:TieredStopAtLevel=1";

  private static @Nullable UsedFolder made;

  private final Node node;
  private final Path cache;

  /** Runs as the platform does in the background to make its cache, but keeps what it ran on. */
  private UsedFolder() throws IOException, InterruptedException {
    node = Node.create();
    cache = node.folder().resolve("platform.aot");
    var run =
        node.asOwner()
            .with("SLIPWAY_JAVA_OPTS", COMPILER)
            .with("SLIPWAY_TRAINING", cache.toString())
            .launch("--agent", "off");
    Await.atLeisure("a data folder is prepared", () -> !run.isAlive());
    assertThat(cache).as("%s", run).exists();
    // Each copy is a node of its own, and its database listens where it finds a port.
    for (var own : List.of("admin/node", "fleet/node", "postgres/port")) {
      Files.deleteIfExists(node.data().resolve(own));
    }
  }

  static synchronized UsedFolder made() throws IOException, InterruptedException {
    if (made == null) {
      var folder = new UsedFolder();
      Runtime.getRuntime().addShutdownHook(new Thread(folder::remove, "used-folder"));
      made = folder;
    }
    return made;
  }

  private void remove() {
    try {
      node.close();
    } catch (IOException | InterruptedException e) {
      System.err.println("left behind: " + node.folder() + " (" + e + ")");
    }
  }

  /** The JVM's options for a quick start. */
  String javaOptions() {
    return COMPILER + " -XX:AOTCache=" + cache;
  }

  /** Makes a data folder, with an owner as in {@link Node#quiet}. */
  void copyTo(Path data) throws IOException, InterruptedException {
    copy(node.data(), data);
  }

  /** Makes the folder of a database server; {@code slipway} in it is the platform's database. */
  void copyDatabaseTo(Path folder) throws IOException, InterruptedException {
    copy(node.data().resolve("postgres"), folder);
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    var command = List.of("cp", "-a", "--reflink=auto", from.toString(), to.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
