package dev.slipway.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Base images by their public names, made of what this host has installed: no registry is asked for
 * any. One that the engine has already is taken as it is; what was made goes at the end.
 */
final class HostImages implements AutoCloseable {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  private final String engine;
  private final Path folder;
  private final List<String> made = new ArrayList<>();

  HostImages(String engine, Path folder) {
    this.engine = engine;
    this.folder = folder;
  }

  /** What is in an image besides a shell. */
  interface Content {
    void into(Tree tree) throws Exception;
  }

  /** An image in the making. */
  record Tree(Path root) {
    /** A program with the libraries that it needs. */
    void program(Path program) throws Exception {
      copy(program);
      libraries(program);
    }

    void libraries(Path program) throws Exception {
      var needed = LIBRARY.matcher(output("ldd", program.toString()));
      while (needed.find()) {
        var library = Path.of(needed.group(1)).normalize();
        if (!library.startsWith(root)) {
          copy(library);
        }
      }
    }

    /** A file or folder in the place that it has here; links are followed. */
    void copy(Path what) throws Exception {
      var target = root.resolve(what.toString().substring(1));
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(target.getParent());
        output("cp", "-aL", what.toString(), target.toString());
      }
    }

    void link(String from, String to) throws IOException {
      var place = root.resolve(from.substring(1));
      Files.createDirectories(place.getParent());
      Files.createSymbolicLink(place, Path.of(to));
    }
  }

  static String output(String... words) throws Exception {
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(Arrays.toString(words) + ": " + output);
    }
    return output;
  }

  /** Makes an image where there is none of this name. */
  void make(String name, Content content) throws Exception {
    if (isThere(name)) {
      return;
    }
    var tree = new Tree(Files.createDirectories(folder.resolve(name.replace(':', '_'))));
    var shell = Files.createDirectories(tree.root().resolve("bin")).resolve("busybox");
    Files.copy(BUSYBOX, shell, StandardCopyOption.COPY_ATTRIBUTES);
    for (var applet : output(BUSYBOX.toString(), "--list").lines().toList()) {
      if (!applet.equals("busybox")) {
        tree.link("/bin/" + applet, "busybox");
      }
    }
    tree.link("/usr/bin/env", "../../bin/busybox");
    Files.createDirectories(tree.root().resolve("tmp"));
    content.into(tree);
    var packed = folder.resolve(name.replace(':', '_') + ".tar");
    output("tar", "-C", tree.root().toString(), "-cf", packed.toString(), ".");
    docker("import", "--change", "ENV PATH=/usr/local/bin:/usr/bin:/bin", packed.toString(), name);
    made.add(name);
  }

  private boolean isThere(String name) throws Exception {
    return !docker("images", "--quiet", name).isBlank();
  }

  private String docker(String... words) throws Exception {
    var argv = new ArrayList<>(List.of("docker", "--host", engine));
    argv.addAll(List.of(words));
    return output(argv.toArray(String[]::new));
  }

  @Override
  public void close() throws Exception {
    for (var name : made) {
      docker("rmi", "--force", name);
    }
  }
}
