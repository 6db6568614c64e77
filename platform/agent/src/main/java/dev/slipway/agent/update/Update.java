package dev.slipway.agent.update;

import dev.slipway.agent.os.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A swap of programs with a way back: until the new one has reported in there is a note of it, by
 * which whoever keeps the agent running knows that the program before may be needed again.
 */
public final class Update {
  private static final Logger LOG = LoggerFactory.getLogger(Update.class);

  private final Path data;
  private final Path pending;
  private boolean settled;

  public Update(Path data) {
    this.data = data;
    pending = data.resolve("update.pending");
  }

  /**
   * Puts a checked program in the place of the one that runs, in one step. From then on the note is
   * the new one's, also where this one has yet to report in.
   */
  synchronized void swap(Path fresh, Path program, String version) throws IOException {
    var previous = program.resolveSibling(program.getFileName() + ".previous");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.deleteIfExists(previous);
    Files.copy(program, previous, StandardCopyOption.COPY_ATTRIBUTES);
    settled = true;
    AtomicFile.write(pending, (version + "\n").getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Says where an update did not come off; the platform reads it in the agent's log. */
  public void tellFailure() throws IOException {
    var failed = data.resolve("update.failed");
    if (Files.exists(failed)) {
      LOG.error(
          "The update to {} did not report in: the program before is back",
          Files.readString(failed).strip());
      Files.delete(failed);
    }
  }

  /** This program has been heard by the platform: there is no way back any more. */
  public synchronized void reportedIn() {
    if (settled) {
      return;
    }
    try {
      if (Files.exists(pending)) {
        LOG.info("The update to {} has reported in", Files.readString(pending).strip());
        Files.delete(pending);
      }
      settled = true;
    } catch (IOException e) {
      LOG.warn("The note of the update cannot be removed", e);
    }
  }
}
