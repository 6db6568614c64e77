package dev.slipway.agent.os;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Copies and deletes folders; links are never followed. */
public final class FileTree {
  /** Files and bytes of one copied tree. */
  public record Bounds(long files, long bytes) {}

  private FileTree() {}

  /**
   * Copies a tree that somebody else wrote.
   *
   * @param target must not exist yet
   * @param trusted false refuses links that lead out of the tree and leaves out {@code .git}
   */
  public static void copy(Path source, Path target, boolean trusted, Bounds bounds)
      throws IOException {
    Files.walkFileTree(source, new Copy(source.toRealPath(), source, target, trusted, bounds));
  }

  /** Deletes the tree; nothing happens when it is not there. */
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    FileVisitor<Path> deleter =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
            if (fault instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw fault;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException fault)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(tree, deleter);
  }

  private static final class Copy extends SimpleFileVisitor<Path> {
    private final Path realSource;
    private final Path source;
    private final Path target;
    private final boolean trusted;
    private final Bounds bounds;
    private long files;
    private long bytes;

    Copy(Path realSource, Path source, Path target, boolean trusted, Bounds bounds) {
      this.realSource = realSource;
      this.source = source;
      this.target = target;
      this.trusted = trusted;
      this.bounds = bounds;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!trusted && isGitFolder(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectory(placeOf(folder));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!trusted && isGitFolder(file)) {
        return FileVisitResult.CONTINUE;
      }
      files++;
      bytes += attributes.size();
      if (files > bounds.files() || bytes > bounds.bytes()) {
        throw new IOException(
            "the source has more than "
                + bounds.files()
                + " files or "
                + bounds.bytes()
                + " bytes");
      }
      if (attributes.isSymbolicLink()) {
        copyLink(file);
      } else if (attributes.isRegularFile()) {
        Files.copy(file, placeOf(file), StandardCopyOption.COPY_ATTRIBUTES);
      } else {
        throw new IOException("neither a file, a folder nor a link: " + source.relativize(file));
      }
      return FileVisitResult.CONTINUE;
    }

    private void copyLink(Path link) throws IOException {
      var destination = Files.readSymbolicLink(link);
      if (!trusted) {
        var real = realSource.resolve(source.relativize(link)).getParent();
        var end = real == null ? destination : real.resolve(destination).normalize();
        if (destination.isAbsolute() || climbsLate(destination) || !end.startsWith(realSource)) {
          throw new IOException("a link leads out of the source: " + source.relativize(link));
        }
      }
      Files.createSymbolicLink(placeOf(link), destination);
    }

    /** True for {@code a/..}: what it means depends on where the link {@code a} leads. */
    private static boolean climbsLate(Path destination) {
      boolean descended = false;
      for (var part : destination) {
        boolean up = part.toString().equals("..");
        if (up && descended) {
          return true;
        }
        descended |= !up;
      }
      return false;
    }

    private boolean isGitFolder(Path entry) {
      var name = entry.getFileName();
      return !entry.equals(source) && name != null && name.toString().equals(".git");
    }

    private Path placeOf(Path entry) {
      return target.resolve(source.relativize(entry).toString());
    }
  }
}
