package dev.slipway.agent;

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

/** An image made of what this host has installed: no registry is asked for any. */
final class HostImage implements AutoCloseable {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  private final String engine;
  private final String name;
  private final Path root;

  /**
   * @param folder for its files
   */
  HostImage(String engine, String name, Path folder) throws Exception {
    this.engine = engine;
    this.name = name;
    root = Files.createDirectories(folder);
    var shell = Files.createDirectories(root.resolve("bin")).resolve("busybox");
    Files.copy(TestEngine.BUSYBOX, shell, StandardCopyOption.COPY_ATTRIBUTES);
    for (var applet : output(TestEngine.BUSYBOX.toString(), "--list").lines().toList()) {
      if (!applet.equals("busybox")) {
        Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
      }
    }
    output("chmod", "1777", Files.createDirectories(root.resolve("tmp")).toString());
  }

  String name() {
    return name;
  }

  /** A program and the libraries that it needs, in the places that they have here. */
  void program(Path program) throws Exception {
    copy(program);
    var needed = LIBRARY.matcher(output("ldd", program.toString()));
    while (needed.find()) {
      copy(Path.of(needed.group(1)).normalize());
    }
  }

  /** A file or folder in the place that it has here; links are followed. */
  void copy(Path what) throws Exception {
    copy(what, what);
  }

  void copy(Path what, Path where) throws Exception {
    var target = root.resolve(where.toString().substring(1));
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(target.getParent());
      output("cp", "-aL", what.toString(), target.toString());
    }
  }

  void write(String path, String text) throws IOException {
    var file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true, false)) {
      throw new IOException(file + " cannot be made a program");
    }
  }

  /**
   * @param settings in the words of a Dockerfile
   */
  void make(String... settings) throws Exception {
    var packed = root.resolveSibling(root.getFileName() + ".tar");
    output("tar", "--owner=0", "--group=0", "-C", root.toString(), "-cf", packed.toString(), ".");
    var words = new ArrayList<>(List.of("import"));
    for (var setting : settings) {
      words.addAll(List.of("--change", setting));
    }
    words.addAll(List.of(packed.toString(), name));
    docker(engine, words.toArray(String[]::new));
    Files.delete(packed);
  }

  static String docker(String engine, String... words) throws Exception {
    var argv = new ArrayList<>(List.of("docker", "--host", engine));
    argv.addAll(List.of(words));
    return output(argv.toArray(String[]::new));
  }

  private static String output(String... words) throws Exception {
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(Arrays.toString(words) + ": " + output);
    }
    return output;
  }

  @Override
  public void close() throws Exception {
    docker(engine, "rmi", "--force", name);
  }
}
