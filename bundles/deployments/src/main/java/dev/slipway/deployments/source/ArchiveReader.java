package dev.slipway.deployments.source;

import dev.slipway.deployments.DeploymentsError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a gzipped tar of somebody's folder into a repository. Nothing of it is ever a path on disk.
 */
final class ArchiveReader implements Repositories.Filler {
  private static final int MOST_FILES = 20_000;
  private static final long MOST_BYTES = 1L << 30;
  private static final int LONGEST_LINK = 4096;
  private static final int EXECUTABLE = 0111;

  private final InputStream archive;
  private final Map<String, Blob> blobs = new TreeMap<>();
  private long bytes;

  /**
   * For one archive.
   *
   * @param archive read to its end, not closed
   */
  ArchiveReader(InputStream archive) {
    this.archive = archive;
  }

  private record Blob(ObjectId id, FileMode mode) {}

  /** How many files there were. */
  int files() {
    return blobs.size();
  }

  @Override
  public DirCache fill(ObjectInserter inserter) throws IOException {
    try {
      read(inserter);
    } catch (ZipException | EOFException notWhole) {
      throw DeploymentsError.ARCHIVE_INVALID.of("it is no whole gzipped tar");
    }
    if (blobs.isEmpty()) {
      throw DeploymentsError.ARCHIVE_INVALID.of("there is no file in it");
    }
    return index();
  }

  private void read(ObjectInserter inserter) throws IOException {
    var tar =
        new TarArchiveInputStream(
            new GZIPInputStream(archive, 1 << 16), StandardCharsets.UTF_8.name());
    for (var entry = next(tar); entry != null; entry = next(tar)) {
      if (!entry.isDirectory()) {
        add(inserter, tar, entry);
      }
    }
  }

  /** The library tells of faults in the archive by general exceptions; those of reading go on. */
  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IllegalArgumentException fault) {
      throw DeploymentsError.ARCHIVE_INVALID.of("it is no tar");
    }
  }

  private void add(ObjectInserter inserter, TarArchiveInputStream tar, TarArchiveEntry entry)
      throws IOException {
    var path = TreePath.of(entry.getName());
    if (blobs.size() >= MOST_FILES) {
      throw DeploymentsError.ARCHIVE_TOO_LARGE.of("more than " + MOST_FILES + " files");
    }
    if (entry.isSymbolicLink()) {
      blobs.put(path, link(inserter, path, entry.getLinkName()));
    } else if (entry.isFile() && !entry.isLink() && !entry.isSparse()) {
      blobs.put(path, file(inserter, tar, entry));
    } else {
      throw DeploymentsError.ARCHIVE_INVALID.of(
          TreePath.shown(path) + " is neither a file nor a folder nor a link inside the folder");
    }
  }

  private Blob file(ObjectInserter inserter, TarArchiveInputStream tar, TarArchiveEntry entry)
      throws IOException {
    bytes += entry.getSize();
    if (bytes > MOST_BYTES || entry.getSize() < 0) {
      throw DeploymentsError.ARCHIVE_TOO_LARGE.of("more than 1 GiB unpacked");
    }
    var mode =
        (entry.getMode() & EXECUTABLE) == 0 ? FileMode.REGULAR_FILE : FileMode.EXECUTABLE_FILE;
    return new Blob(inserter.insert(Constants.OBJ_BLOB, entry.getSize(), tar), mode);
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
      var entry = new DirCacheEntry(path);
      entry.setFileMode(each.getValue().mode());
      entry.setObjectId(each.getValue().id());
      builder.add(entry);
    }
    builder.finish();
    return index;
  }
}
