package dev.slipway.agent.runtime.docker;

import dev.slipway.agent.runtime.BuildOrder;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.source.FrameworkDetector;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The tree that the engine builds from, as a tar file on disk. Links go in as links: the engine
 * resolves them inside the context, so none can fetch a file of the host.
 *
 * @param dockerfile its path inside the tar
 */
record BuildContext(Path tar, String dockerfile) implements AutoCloseable {
  private static final List<String> DOCKERFILES =
      List.of("Dockerfile.production", "Dockerfile.prod", "Dockerfile");
  private static final String GENERATED = "Dockerfile.permanu.generated";
  private static final long MAX_BYTES = 4L << 30;
  private static final int MAX_FILES = 200_000;

  /**
   * Packs the source of an order.
   *
   * @param folder where the tar goes; the next start of the agent empties it
   */
  static BuildContext pack(BuildOrder order, Path folder)
      throws RuntimeRefusal, IOException, InterruptedException {
    var generated =
        order.docker().dockerfile().isEmpty() && !order.docker().dockerfileContent().isEmpty();
    var dockerfile = generated ? GENERATED : chosen(order);
    var tar = Files.createTempFile(folder, "context-", ".tar");
    boolean packed = false;
    try {
      write(order, tar, dockerfile, generated);
      packed = true;
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    } finally {
      if (!packed) {
        Files.deleteIfExists(tar);
      }
    }
    return new BuildContext(tar, dockerfile);
  }

  private static void write(BuildOrder order, Path tar, String dockerfile, boolean generated)
      throws IOException {
    try (var out =
        new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(tar)))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      var rules = IgnoreRules.of(order.source());
      var kept = Set.of(dockerfile, ".dockerignore");
      Files.walkFileTree(order.source(), new Packer(order.source(), rules, kept, out));
      if (generated) {
        add(out, GENERATED, order.docker().dockerfileContent());
      }
    }
  }

  private static String chosen(BuildOrder order) throws RuntimeRefusal {
    var asked = order.docker().dockerfile();
    if (asked.isEmpty()) {
      return DOCKERFILES.stream()
          .filter(name -> isFile(order.source().resolve(name)))
          .findFirst()
          .orElseThrow(
              () ->
                  new RuntimeRefusal(
                      "the source has no Dockerfile, and none could be made; looked for "
                          + FrameworkDetector.lookedFor()));
    }
    var path = order.source().resolve(asked).normalize();
    if (!path.startsWith(order.source()) || !isFile(path)) {
      throw new RuntimeRefusal("dockerfile_path is not a file of the source");
    }
    return order.source().relativize(path).toString();
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static void add(TarArchiveOutputStream out, String name, String content)
      throws IOException {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    out.putArchiveEntry(entry);
    out.write(bytes);
    out.closeArchiveEntry();
  }

  private static final class Packer extends SimpleFileVisitor<Path> {
    private final Path source;
    private final IgnoreRules rules;
    private final Set<String> kept;
    private final TarArchiveOutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private long bytes;
    private int files;

    Packer(Path source, IgnoreRules rules, Set<String> kept, TarArchiveOutputStream out) {
      this.source = source;
      this.rules = rules;
      this.kept = kept;
      this.out = out;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      takeTurns();
      var name = source.relativize(folder).toString();
      if (name.equals(".git") || (rules.ignores(name) && !rules.takesBack())) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (!name.isEmpty() && !rules.ignores(name)) {
        var entry = new TarArchiveEntry(folder.toFile(), name + "/");
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      takeTurns();
      var name = source.relativize(file).toString();
      if (rules.ignores(name) && !kept.contains(name)) {
        return FileVisitResult.CONTINUE;
      }
      files++;
      bytes += attributes.size();
      if (files > MAX_FILES || bytes > MAX_BYTES) {
        throw new IOException(
            "the source has more than " + MAX_FILES + " files or " + MAX_BYTES + " bytes");
      }
      if (attributes.isSymbolicLink()) {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(Files.readSymbolicLink(file).toString());
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
      } else if (attributes.isRegularFile()) {
        var entry = new TarArchiveEntry(file.toFile(), name);
        entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
        out.putArchiveEntry(entry);
        copy(file);
        out.closeArchiveEntry();
      }
      return FileVisitResult.CONTINUE;
    }

    private void copy(Path file) throws IOException {
      try (var in = Files.newInputStream(file)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          takeTurns();
          out.write(buffer, 0, read);
        }
      }
    }

    /**
     * Nothing here waits: a command that is called off would not end, and other virtual threads
     * would get no processor, without this.
     */
    private static void takeTurns() throws InterruptedIOException {
      if (Thread.interrupted()) {
        throw new InterruptedIOException("called off while the source was packed");
      }
      Thread.yield();
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(tar);
  }
}
