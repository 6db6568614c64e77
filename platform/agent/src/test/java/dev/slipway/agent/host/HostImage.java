package dev.slipway.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An image made of what this host has installed: no registry is asked for any. */
public final class HostImage implements AutoCloseable {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  private final String engine;
  private final String name;
  private final Path root;

  /**
   * One with a shell and nothing else.
   *
   * @param folder for its files
   */
  public HostImage(String engine, String name, Path folder) throws Exception {
    this.engine = engine;
    this.name = name;
    root = Files.createDirectories(folder);
    var shell = Files.createDirectories(root.resolve("bin")).resolve("busybox");
    Files.copy(TestEngine.BUSYBOX, shell, StandardCopyOption.COPY_ATTRIBUTES);
    for (var applet : Tool.output(TestEngine.BUSYBOX.toString(), "--list").lines().toList()) {
      if (!applet.equals("busybox")) {
        link("/bin/" + applet, "busybox");
      }
    }
    Tool.output("chmod", "1777", Files.createDirectories(root.resolve("tmp")).toString());
  }

  /** Where its files are. */
  public Path root() {
    return root;
  }

  public String name() {
    return name;
  }

  /** A program and the libraries that it needs, in the places that they have here. */
  public void program(Path program) throws Exception {
    copy(program);
    libraries(program);
  }

  /** What a program or library needs that is in the image already, or in no place of its own. */
  public void libraries(Path program) throws Exception {
    var needed = LIBRARY.matcher(Tool.output("ldd", program.toString()));
    while (needed.find()) {
      var library = Path.of(needed.group(1)).normalize();
      if (!library.startsWith(root)) {
        copy(library);
      }
    }
  }

  /** A file or folder in the place that it has here; links are followed. */
  public void copy(Path what) throws Exception {
    copy(what, what);
  }

  public void copy(Path what, Path where) throws Exception {
    var target = root.resolve(where.toString().substring(1));
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(target.getParent());
      Tool.output("cp", "-aL", what.toString(), target.toString());
    }
  }

  /** A link in the image. */
  public void link(String from, String to) throws IOException {
    var place = root.resolve(from.substring(1));
    Files.createDirectories(place.getParent());
    Files.createSymbolicLink(place, Path.of(to));
  }

  /** A program in the image. */
  public void write(String path, String text) throws IOException {
    var file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true, false)) {
      throw new IOException(file + " cannot be made a program");
    }
  }

  /**
   * Makes it.
   *
   * @param settings in the words of a Dockerfile
   */
  public void make(String... settings) throws Exception {
    var packed = root.resolveSibling(root.getFileName() + ".tar");
    Tool.output(
        "tar", "--owner=0", "--group=0", "-C", root.toString(), "-cf", packed.toString(), ".");
    var words = new ArrayList<>(List.of("import"));
    for (var setting : settings) {
      words.addAll(List.of("--change", setting));
    }
    words.addAll(List.of(packed.toString(), name));
    docker(engine, words.toArray(String[]::new));
    Files.delete(packed);
  }

  public static String docker(String engine, String... words) throws Exception {
    var argv = new ArrayList<>(List.of("docker", "--host", engine));
    argv.addAll(List.of(words));
    return Tool.output(argv.toArray(String[]::new));
  }

  @Override
  public void close() throws Exception {
    docker(engine, "rmi", "--force", name);
  }
}
