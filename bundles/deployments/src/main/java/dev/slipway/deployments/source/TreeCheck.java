package dev.slipway.deployments.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the folder that a pushed commit stands for, which somebody is going to unpack: the
 * same bounds hold as for an uploaded one. A few small objects can stand for very many files, so
 * everything is counted.
 */
final class TreeCheck {
  private static final int MOST_ENTRIES = 2 * ArchiveReader.MOST_FILES;

  private final ObjectReader reader;
  private final Consumer<String> note;
  private int entries;
  private int files;
  private long bytes;

  /**
   * For one commit.
   *
   * @param note is told what is accepted and yet not as the pusher may think
   */
  TreeCheck(ObjectReader reader, Consumer<String> note) {
    this.reader = reader;
    this.note = note;
  }

  /** What is wrong with a tree; null where nothing is. */
  @Nullable String fault(AnyObjectId tree) throws IOException {
    try (var walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      while (walk.next()) {
        var fault = fault(walk);
        if (fault != null) {
          return fault;
        }
        if (walk.isSubtree()) {
          walk.enterSubtree();
        }
      }
      return null;
    }
  }

  private @Nullable String fault(TreeWalk at) throws IOException {
    var path = at.getPathString();
    var utf8 = Arrays.equals(at.getRawPath(), path.getBytes(StandardCharsets.UTF_8));
    if (!utf8 || !TreePath.isInside(path)) {
      return TreePath.shown(path) + " is no path inside the folder";
    }
    if (++entries > MOST_ENTRIES) {
      return "more than " + MOST_ENTRIES + " entries";
    }
    var mode = at.getFileMode();
    if (mode == FileMode.TREE) {
      return null;
    }
    if (mode == FileMode.GITLINK) {
      note.accept("The submodule " + TreePath.shown(path) + " is not fetched; it stays empty.");
      return null;
    }
    return fileFault(path, mode, at.getObjectId(0));
  }

  private @Nullable String fileFault(String path, FileMode mode, AnyObjectId id)
      throws IOException {
    if (++files > ArchiveReader.MOST_FILES) {
      return "more than " + ArchiveReader.MOST_FILES + " files";
    }
    var size = reader.getObjectSize(id, Constants.OBJ_BLOB);
    bytes += size;
    if (bytes > ArchiveReader.MOST_BYTES) {
      return "more than 1 GiB unpacked";
    }
    return mode == FileMode.SYMLINK && !staysInside(path, id, size)
        ? TreePath.shown(path) + " is a link out of the folder"
        : null;
  }

  private boolean staysInside(String path, AnyObjectId id, long size) throws IOException {
    if (size > ArchiveReader.LONGEST_LINK) {
      return false;
    }
    var target = new String(reader.open(id, Constants.OBJ_BLOB).getBytes(), StandardCharsets.UTF_8);
    return TreePath.staysInside(path, target);
  }
}
