package dev.slipway.deployments.source;

import dev.slipway.deployments.DeploymentsError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a gzipped tar of somebody's folder into a repository. Nothing of it is ever a path on disk,
 * and how much of it is unpacked is bounded at every place.
 */
final class ArchiveReader implements Repositories.Filler {
  /** What a folder may hold. */
  static final int MOST_FILES = 20_000;

  /** Files and folders; those of the same name count each. */
  private static final int MOST_ENTRIES = 2 * MOST_FILES;

  static final long MOST_BYTES = 1L << 30;
  static final int LONGEST_LINK = 4096;
  private static final int EXECUTABLE = 0111;

  private final ArchiveSource source;
  private final Map<String, Blob> blobs = new TreeMap<>();
  private int entries;
  private long bytes;

  /**
   * For one archive.
   *
   * @param archive read to its end, not closed
   */
  ArchiveReader(InputStream archive) {
    source = new ArchiveSource(archive);
  }

  private record Blob(ObjectId id, FileMode mode) {}

  /** How many files there were. */
  int files() {
    return blobs.size();
  }

  @Override
  public DirCache fill(ObjectInserter inserter) throws IOException {
    read(inserter);
    if (blobs.isEmpty()) {
      throw DeploymentsError.ARCHIVE_INVALID.of("there is no file in it");
    }
    return index();
  }

  private void read(ObjectInserter inserter) throws IOException {
    var tar = new TarArchiveInputStream(source.unzipped(), StandardCharsets.UTF_8.name());
    for (var entry = next(tar); entry != null; entry = next(tar)) {
      entries++;
      if (entries > MOST_ENTRIES) {
        throw DeploymentsError.ARCHIVE_TOO_LARGE.of("more than " + MOST_ENTRIES + " entries");
      }
      if (isFolder(entry)) {
        checkFolder(entry.getName());
      } else {
        add(inserter, tar, entry);
      }
    }
  }

  private @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    source.allow(0);
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException failure) {
      throw source.fault(failure);
    }
  }

  /** Old tools mark a folder by its name alone. */
  private static boolean isFolder(TarArchiveEntry entry) {
    var kind = entry.getLinkFlag();
    return kind == TarConstants.LF_DIR || isFile(kind) && entry.getName().endsWith("/");
  }

  private static boolean isFile(byte kind) {
    return kind == TarConstants.LF_NORMAL
        || kind == TarConstants.LF_OLDNORM
        || kind == TarConstants.LF_CONTIG;
  }

  private static void checkFolder(String name) {
    var path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    // The folder itself.
    if (!path.equals(".")) {
      TreePath.of(path);
    }
  }

  private void add(ObjectInserter inserter, TarArchiveInputStream tar, TarArchiveEntry entry)
      throws IOException {
    var path = TreePath.of(entry.getName());
    if (blobs.size() >= MOST_FILES && !blobs.containsKey(path)) {
      throw DeploymentsError.ARCHIVE_TOO_LARGE.of("more than " + MOST_FILES + " files");
    }
    if (entry.isSymbolicLink()) {
      blobs.put(path, link(inserter, path, entry.getLinkName()));
    } else if (isFile(entry.getLinkFlag()) && !entry.isSparse()) {
      blobs.put(path, file(inserter, tar, entry));
    } else {
      throw DeploymentsError.ARCHIVE_INVALID.of(
          TreePath.shown(path) + " is neither a file nor a folder nor a link inside the folder");
    }
  }

  private Blob file(ObjectInserter inserter, TarArchiveInputStream tar, TarArchiveEntry entry)
      throws IOException {
    var size = entry.getSize();
    if (size > MOST_BYTES - bytes) {
      throw DeploymentsError.ARCHIVE_TOO_LARGE.of("more than 1 GiB unpacked");
    }
    bytes += size;
    source.allow(size);
    var mode =
        (entry.getMode() & EXECUTABLE) == 0 ? FileMode.REGULAR_FILE : FileMode.EXECUTABLE_FILE;
    return new Blob(inserter.insert(Constants.OBJ_BLOB, size, source.content(tar)), mode);
  }

  private static Blob link(ObjectInserter inserter, String path, String target) throws IOException {
    if (target.length() > LONGEST_LINK || !TreePath.staysInside(path, target)) {
      throw DeploymentsError.ARCHIVE_INVALID.of(
          TreePath.shown(path) + " is a link out of the folder");
    }
    return new Blob(
        inserter.insert(Constants.OBJ_BLOB, target.getBytes(StandardCharsets.UTF_8)),
        FileMode.SYMLINK);
  }

  private DirCache index() {
    var index = DirCache.newInCore();
    var builder = index.builder();
    for (var each : blobs.entrySet()) {
      var path = each.getKey();
      for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        if (blobs.containsKey(path.substring(0, slash))) {
          throw DeploymentsError.ARCHIVE_INVALID.of(
              TreePath.shown(path.substring(0, slash)) + " is a file and a folder");
        }
      }
      var entry = entry(path);
      entry.setFileMode(each.getValue().mode());
      entry.setObjectId(each.getValue().id());
      builder.add(entry);
    }
    builder.finish();
    return index;
  }

  /** Git itself refuses more names than we do, such as those that other systems take for .git. */
  private static DirCacheEntry entry(String path) {
    try {
      return new DirCacheEntry(path);
    } catch (IllegalArgumentException refused) {
      throw TreePath.refused(path);
    }
  }
}
