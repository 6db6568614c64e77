package dev.slipway.agent.source;

import dev.slipway.agent.os.FileTree;
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
 */
public final class CloneFolders {
  private static final Path PARENT = Path.of("/tmp");
  private static final String PREFIX = "deploy-build-";
  private static final Pattern NAME = Pattern.compile("deploy-build-[A-Za-z0-9_-]{1,80}");

  /** Longer than any build may take, with the queue before it. */
  private static final Duration KEPT = Duration.ofHours(24);

  private CloneFolders() {}

  public static Path create() throws IOException {
    return Files.createTempDirectory(
        PARENT,
        PREFIX,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** The folder that the text names, when it is an existing clone folder. */
  public static Optional<Path> existing(String text) {
    return named(text).filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS));
  }

  /** False when the text is not the name of a clone folder; true also when it was gone already. */
  public static boolean remove(String text) throws IOException {
    var folder = named(text);
    if (folder.isPresent()) {
      FileTree.delete(folder.get());
    }
    return folder.isPresent();
  }

  /** Deletes what an earlier life of the agent left behind. */
  public static void sweep() throws IOException {
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
