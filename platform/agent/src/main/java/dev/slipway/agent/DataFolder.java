package dev.slipway.agent;

import dev.slipway.agent.config.ConfigurationFault;
import dev.slipway.agent.os.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The agent's folder, which one agent at a time owns: two would start every app twice. */
final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  static DataFolder own(Path folder) throws IOException {
    AtomicFile.folder(folder);
    var channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new DataFolder(folder, channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new ConfigurationFault("another agent of this program uses " + folder);
    }
    channel.close();
    throw new ConfigurationFault("another agent uses " + folder);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** The kernel gives the lock back when the program dies in any other way. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new IllegalStateException("the lock of " + folder + " cannot be given back", e);
    }
  }
}
