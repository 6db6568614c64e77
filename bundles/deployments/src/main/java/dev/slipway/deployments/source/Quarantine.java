package dev.slipway.deployments.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A repository as a push sees it: branches and objects are the real ones, but what it writes lies
 * apart until it is taken over. What is refused, or breaks off, was never in the repository.
 */
final class Quarantine implements AutoCloseable {
  /** Of the folders, so that what a crash has left is found. */
  static final String PREFIX = "push-";

  private final Path repository;
  private final Path folder;
  private final Repository shown;

  /**
   * For one push.
   *
   * @param repository the bare repository
   * @param beside a folder on the same disk
   */
  Quarantine(Path repository, Path beside) throws IOException {
    this.repository = repository;
    folder = Files.createTempDirectory(beside, PREFIX);
    Files.createDirectory(folder.resolve("pack"));
    shown =
        new FileRepositoryBuilder()
            .setBare()
            .setGitDir(repository.toFile())
            .setObjectDirectory(folder.toFile())
            .addAlternateObjectDirectory(repository.resolve("objects").toFile())
            .setMustExist(true)
            .build();
  }

  /** To be written to. */
  Repository repository() {
    return shown;
  }

  /** Puts what was written into the repository. */
  void accept() throws IOException {
    var packs = repository.resolve("objects").resolve("pack");
    Files.createDirectories(packs);
    for (var file : written()) {
      Files.move(
          file, packs.resolve(file.getFileName().toString()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** A pack is found by its index, which comes last therefore. */
  private List<Path> written() throws IOException {
    try (var files = Files.list(folder.resolve("pack"))) {
      return files
          .filter(file -> !name(file).endsWith(".keep"))
          .sorted(Comparator.comparing(file -> name(file).endsWith(".idx")))
          .toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @Override
  public void close() {
    shown.close();
    try {
      Folders.delete(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
