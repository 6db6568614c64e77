package dev.slipway.cli.deploy;

import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Packs a folder as gzipped tar: what .gitignore leaves, never {@code .git}. Links are stored as
 * links when they stay in the folder and are left out otherwise; nothing is read through a link.
 * Entries are sorted and carry no owner, so that the same folder gives the same entries anywhere.
 */
public final class FolderPacker {
  private static final long MAX_ARCHIVE = 256L * 1024 * 1024;
  private static final int MAX_DEPTH = 200;
  private static final int BUFFER = 64 * 1024;

  private final Path root;
  private final long maxBytes;
  private final List<String> leftOut = new ArrayList<>();
  private long files;
  private long size;

  /**
   * What was packed.
   *
   * @param size of the files, before compression
   * @param leftOut paths that could not be packed, each with its reason
   */
  public record Packed(long files, long size, List<String> leftOut) {}

  private FolderPacker(Path root, long maxBytes) {
    this.root = root;
    this.maxBytes = maxBytes;
  }

  /** Writes the archive to {@code target}, which must not lie in the folder. */
  public static Packed pack(Path folder, Path target) throws IOException {
    return pack(folder, target, MAX_ARCHIVE);
  }

  static Packed pack(Path folder, Path target, long maxBytes) throws IOException {
    var packer = new FolderPacker(folder.toRealPath(), maxBytes);
    packer.write(target);
    return new Packed(packer.files, packer.size, List.copyOf(packer.leftOut));
  }

  private void write(Path target) throws IOException {
    try (var file = new Limited(Files.newOutputStream(target), maxBytes)) {
      try {
        write(file);
      } catch (IOException e) {
        // Closing the streams in between may hide what came first.
        if (file.exceeded()) {
          throw tooLarge(e);
        }
        throw e;
      }
    }
  }

  private static CliException tooLarge(IOException cause) {
    return new CliException(
        ExitCode.FAILED,
        "the folder packs to more than 256 MiB; name what is not needed in .gitignore",
        cause);
  }

  private void write(OutputStream file) throws IOException {
    try (var gzip = new GZIPOutputStream(file, BUFFER);
        var tar = new TarArchiveOutputStream(new BufferedOutputStream(gzip, BUFFER), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      directory(tar, root, "", IgnoreRules.root(root), 0);
      tar.finish();
    }
  }

  private void directory(
      TarArchiveOutputStream tar, Path directory, String prefix, IgnoreRules rules, int depth)
      throws IOException {
    if (depth > MAX_DEPTH) {
      throw CliException.failed("folders are nested too deeply at " + prefix);
    }
    for (var path : sorted(directory)) {
      var name = path.getFileName().toString();
      var kind = attributes(path);
      if (name.equalsIgnoreCase(".git") || rules.ignores(name, kind.isDirectory())) {
        continue;
      }
      var entry = prefix + name;
      if (kind.isDirectory()) {
        directory(tar, path, entry + "/", rules.enter(path, name), depth + 1);
      } else if (kind.isSymbolicLink()) {
        link(tar, path, entry);
      } else if (kind.isRegularFile()) {
        file(tar, path, entry, kind);
      } else {
        leftOut.add(entry + " (neither a file nor a folder)");
      }
    }
  }

  private static List<Path> sorted(Path directory) throws IOException {
    try (var children = Files.newDirectoryStream(directory)) {
      var list = new ArrayList<Path>();
      children.forEach(list::add);
      list.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
      return list;
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private void file(
      TarArchiveOutputStream tar, Path path, String name, PosixFileAttributes attributes)
      throws IOException {
    var entry = anonymous(new TarArchiveEntry(name));
    entry.setSize(attributes.size());
    entry.setMode(mode(attributes.permissions()));
    entry.setModTime(attributes.lastModifiedTime().to(TimeUnit.SECONDS) * 1000);
    tar.putArchiveEntry(entry);
    // Opened without following links: the file may have been replaced by one since it was listed.
    var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try (var in = Channels.newInputStream(Files.newByteChannel(path, options))) {
      copy(in, tar, name, attributes.size());
    }
    tar.closeArchiveEntry();
    files++;
    size += attributes.size();
  }

  /** The size is written before the content, so a file that changes meanwhile cannot be packed. */
  private static void copy(InputStream in, OutputStream out, String name, long size)
      throws IOException {
    var buffer = new byte[BUFFER];
    var left = size;
    while (left > 0) {
      var read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        break;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    if (left > 0 || in.read() >= 0) {
      throw CliException.failed(name + " changed while it was packed; try again");
    }
  }

  private void link(TarArchiveOutputStream tar, Path path, String name) throws IOException {
    var target = Files.readSymbolicLink(path);
    if (!staysInside(path, target)) {
      leftOut.add(name + " (a link out of the folder, to " + target + ")");
      return;
    }
    var entry = anonymous(new TarArchiveEntry(name, TarConstants.LF_SYMLINK));
    entry.setLinkName(target.toString());
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    files++;
  }

  private static TarArchiveEntry anonymous(TarArchiveEntry entry) {
    entry.setIds(0, 0);
    entry.setNames("", "");
    return entry;
  }

  /** By its text, as the other side sees it, and by what it leads to here through other links. */
  private boolean staysInside(Path link, Path target) throws IOException {
    if (target.isAbsolute() || !link.resolveSibling(target).normalize().startsWith(root)) {
      return false;
    }
    try {
      return link.toRealPath().startsWith(root);
    } catch (NoSuchFileException e) {
      // Dangling: leads nowhere, here or there.
      return true;
    }
  }

  private static int mode(Collection<PosixFilePermission> permissions) {
    var mode = TarArchiveEntry.DEFAULT_FILE_MODE & ~0777;
    for (var permission : permissions) {
      // The constants are in the order of the bits, from the owner's read downwards.
      mode |= 0400 >> permission.ordinal();
    }
    return mode;
  }

  /** Refuses to grow over what the platform takes, before anything is sent. */
  private static final class Limited extends FilterOutputStream {
    private long left;

    private Limited(OutputStream out, long limit) {
      super(out);
      this.left = limit;
    }

    @Override
    public void write(int b) throws IOException {
      take(1);
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      take(length);
      out.write(bytes, offset, length);
    }

    private void take(int length) throws IOException {
      left -= length;
      if (left < 0) {
        throw new IOException("the archive is too large");
      }
    }

    private boolean exceeded() {
      return left < 0;
    }
  }
}
