import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * The one formatter of the tree, run by the root pom with the JDK of the toolchain: Maven itself
 * may run on an older one, which could not read the sources.
 *
 * <p>Arguments: {@code check} or {@code write}, the folder, and a file whose time says since when
 * all was known to be well; older sources are not looked at again.
 */
public final class Format {
  private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.GOOGLE;

  public static void main(String[] arguments) throws IOException {
    boolean write = arguments[0].equals("write");
    Path root = Path.of(arguments[1]).toAbsolutePath().normalize();
    Path stamp = Path.of(arguments[2]);
    long checked = Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toMillis() : 0;
    long began = System.currentTimeMillis();
    List<Path> differing;
    try (var files = Files.walk(root)) {
      differing =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !root.relativize(file).toString().matches("(.*/)?target/.*"))
              .filter(file -> file.toFile().lastModified() >= checked)
              .toList()
              .parallelStream()
              .filter(file -> differs(file, write))
              .toList();
    }
    differing.forEach(
        file ->
            System.out.println((write ? "formatted " : "not formatted: ") + root.relativize(file)));
    if (!write && !differing.isEmpty()) {
      System.out.println("run ./mvnw -Pformat");
      System.exit(1);
    }
    Files.writeString(stamp, "");
    Files.setLastModifiedTime(stamp, FileTime.fromMillis(began));
  }

  private static boolean differs(Path file, boolean write) {
    try {
      var before = Files.readString(file);
      var formatter = new Formatter(JavaFormatterOptions.builder().style(STYLE).build());
      var imports =
          ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(before), STYLE);
      var after = formatter.formatSource(imports);
      if (write && !after.equals(before)) {
        Files.writeString(file, after);
      }
      return !after.equals(before);
    } catch (FormatterException broken) {
      throw new IllegalStateException(file + ": " + broken.getMessage(), broken);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
