package dev.slipway.agent.source;

import dev.slipway.compose.ComposeFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A Compose file in a clone, and the files that it names. Whatever leads out of the clone, by
 * itself or through a link, is refused before it is read.
 *
 * @param root the clone, without links in its path
 * @param folder where the file lies: paths in the file begin there
 * @param text of the file
 */
public record ComposeSource(Path root, Path folder, String text) {
  private static final List<String> NAMES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");
  private static final long LARGEST = 256 * 1024;

  /**
   * Finds the file.
   *
   * @param clone a folder that was cloned
   * @param dir folder of the clone where the app lies; empty = the clone itself
   * @param name path of the file from there; empty = the first of the usual names
   */
  public static ComposeSource find(Path clone, String dir, String name)
      throws ComposeFault, IOException {
    var root = clone.toRealPath();
    var base = inside(root, root, dir.isEmpty() ? "." : dir);
    if (!name.isEmpty()) {
      return read(root, inside(root, base, name));
    }
    for (var usual : NAMES) {
      if (Files.exists(base.resolve(usual))) {
        return read(root, inside(root, base, usual));
      }
    }
    throw new ComposeFault(List.of("the source has none; looked for " + String.join(", ", NAMES)));
  }

  private static ComposeSource read(Path root, Path file) throws ComposeFault, IOException {
    return new ComposeSource(root, file.getParent(), text(file, root.relativize(file).toString()));
  }

  /**
   * The folder of a build.
   *
   * @param field where the file names it
   */
  public Path context(String field, String path) throws ComposeFault, IOException {
    var context = inside(field, root, folder, path);
    if (!Files.isDirectory(context)) {
      throw new ComposeFault(List.of(field + ": " + path + " is not a folder of the source"));
    }
    return context;
  }

  /** Whether a file is there. */
  public boolean has(String path) {
    try {
      return Files.exists(folder.resolve(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * The text of a file.
   *
   * @param field where the Compose file names it
   */
  public String file(String field, String path) throws ComposeFault, IOException {
    return text(inside(field, root, folder, path), field + ": " + path);
  }

  private static String text(Path file, String what) throws ComposeFault, IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
      throw new ComposeFault(List.of(what + " is not a file of at most 256 KiB"));
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static Path inside(Path root, Path from, String path) throws ComposeFault, IOException {
    return inside("the source", root, from, path);
  }

  private static Path inside(String field, Path root, Path from, String path)
      throws ComposeFault, IOException {
    try {
      var found = from.resolve(path);
      if (Files.exists(found)) {
        var real = found.toRealPath();
        if (real.startsWith(root) && !real.startsWith(root.resolve(".git"))) {
          return real;
        }
        throw new ComposeFault(List.of(field + ": " + path + " leads out of the source"));
      }
    } catch (InvalidPathException e) {
      // It is no path at all, and so not there either.
    }
    throw new ComposeFault(List.of(field + ": " + path + " is not in the source"));
  }
}
