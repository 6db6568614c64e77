package dev.slipway.agent.source;

import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.FileTree;
import dev.slipway.agent.os.Leftover;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The temporary folders that clones go to. Their names are part of the contract: the control plane
 * hands them back, so a name is believed only when it is one of ours in form and a real folder.
 *
 * <p>Of each there is a note until the control plane has named it: where the agent is killed or the
 * connection lost before, nobody knows of the folder, and the agent's next start deletes it.
 */
public final class CloneFolders {
  private static final Path PARENT = Path.of("/tmp");
  private static final String PREFIX = "deploy-build-";
  private static final Pattern NAME = Pattern.compile("deploy-build-[A-Za-z0-9_-]{1,80}");

  /** Longer than any build may take, with the queue before it. */
  private static final Duration KEPT = Duration.ofHours(24);

  private final Path notes;

  /** Keeps its notes in that folder of the agent's own. */
  public CloneFolders(Path notes) throws IOException {
    this.notes = AtomicFile.folder(notes.toAbsolutePath());
  }

  Path create() throws IOException {
    var folder =
        Files.createTempDirectory(
            PARENT,
            PREFIX,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    AtomicFile.folder(note(folder));
    return folder;
  }

  private Path note(Path folder) {
    return notes.resolve(folder.getFileName());
  }

  /** A place for what must not outlive the cloning itself, such as credentials. */
  Path aside(Path folder) throws IOException {
    return AtomicFile.folder(note(folder).resolve("aside"));
  }

  /** The folder that the control plane names, when it is an existing clone folder. */
  public Optional<Path> existing(String text) throws IOException {
    var folder = named(text).filter(f -> Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS));
    if (folder.isPresent()) {
      FileTree.delete(note(folder.get()));
    }
    return folder;
  }

  /**
   * As {@link #existing}, or a folder of the source below it. One that leads out of the clone, by
   * itself or through a link, is none.
   */
  public Optional<Path> within(String text) throws IOException {
    int end = text.indexOf('/', PARENT.toString().length() + 1);
    if (end < 0) {
      return existing(text);
    }
    var clone = existing(text.substring(0, end));
    if (clone.isEmpty() || text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    var root = clone.get().toRealPath();
    var below = root.resolve(text.substring(end + 1));
    return Files.isDirectory(below)
        ? Optional.of(below.toRealPath())
            .filter(real -> real.startsWith(root) && !real.startsWith(root.resolve(".git")))
        : Optional.empty();
  }

  /** False when the text is not the name of a clone folder; true also when it was gone already. */
  public boolean remove(String text) throws IOException {
    var folder = named(text);
    if (folder.isPresent()) {
      FileTree.delete(folder.get());
      FileTree.delete(note(folder.get()));
    }
    return folder.isPresent();
  }

  /** Deletes what an earlier life of the agent left behind. */
  public void sweep() throws IOException {
    sweepUnnamed();
    sweepOld();
  }

  /** Deletes what the control plane has not heard of, and never will once the agent ends. */
  public void sweepUnnamed() throws IOException {
    try (var left = Files.newDirectoryStream(notes)) {
      for (var note : left) {
        var folder = named(PARENT.resolve(note.getFileName()).toString());
        if (folder.isPresent()) {
          Leftover.remove(folder.get());
        }
        FileTree.delete(note);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** What the control plane knew of but never had removed. */
  public static void sweepOld() throws IOException {
    var limit = Instant.now().minus(KEPT);
    try (var folders = Files.newDirectoryStream(PARENT, PREFIX + "*")) {
      for (var folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.isWritable(folder)
            && Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
          FileTree.delete(folder);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static Optional<Path> named(String text) {
    if (!text.startsWith(PARENT + "/")
        || !NAME.matcher(text.substring(PARENT.toString().length() + 1)).matches()) {
      return Optional.empty();
    }
    return Optional.of(Path.of(text));
  }
}
