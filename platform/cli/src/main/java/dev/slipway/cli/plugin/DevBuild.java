package dev.slipway.cli.plugin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/** A plugin's project on the machine of its author: tells when it was changed, and builds it. */
public final class DevBuild {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path project;
  private final List<String> command;
  private @Nullable Map<Path, Long> seen;

  /**
   * A project.
   *
   * @param command builds its jar in {@code target}
   */
  public DevBuild(Path project, List<String> command) {
    this.project = project;
    this.command = List.copyOf(command);
  }

  /** Whether a source was changed, added or removed since this was asked last, or first asked. */
  public boolean changed() {
    var now = sources();
    var changed = !now.equals(seen);
    seen = now;
    return changed;
  }

  private Map<Path, Long> sources() {
    try (var files = Files.walk(project)) {
      var times = new TreeMap<Path, Long>();
      files
          .filter(file -> !project.relativize(file).startsWith("target"))
          .filter(file -> !project.relativize(file).toString().startsWith("."))
          .filter(Files::isRegularFile)
          .forEach(file -> times.put(file, file.toFile().lastModified()));
      return times;
    } catch (IOException | UncheckedIOException vanished) {
      // An editor replaced a file while it was looked at; the next look tells.
      return seen == null ? Map.of() : seen;
    }
  }

  /** Builds; false where that failed, and the build has said why. */
  public boolean build() throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .directory(project.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()))
              .start()
              .waitFor()
          == 0;
    } catch (IOException failure) {
      throw CliException.usage(command.getFirst() + " can not be run: " + failure.getMessage());
    }
  }

  /** What the last build has said. */
  public String said() {
    try {
      return Files.readString(log());
    } catch (IOException failure) {
      return "";
    }
  }

  private Path log() throws IOException {
    return Files.createDirectories(project.resolve("target")).resolve("plugin-dev.log");
  }

  /** The built jar as a version of its own, so that each build is an update of the one before. */
  public Path stamped(String stamp) {
    try (var in = new JarFile(newest().toFile())) {
      var target = project.resolve("target/plugin-dev.jar");
      var manifest = in.getManifest();
      var version = manifest.getMainAttributes().getValue("Bundle-Version");
      var next = version.replaceFirst("^(\\d+\\.\\d+\\.\\d+).*", "$1") + ".dev-" + stamp;
      manifest.getMainAttributes().putValue("Bundle-Version", next);
      try (var out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
        for (var entry : in.stream().toList()) {
          if (entry.isDirectory() || entry.getName().equals(JarFile.MANIFEST_NAME)) {
            continue;
          }
          var content = in.getInputStream(entry).readAllBytes();
          out.putNextEntry(new JarEntry(entry.getName()));
          out.write(entry.getName().equals("plugin.json") ? versioned(content, next) : content);
        }
      }
      return target;
    } catch (IOException failure) {
      throw CliException.failed("the built jar can not be read: " + failure.getMessage());
    }
  }

  private static byte[] versioned(byte[] json, String version) throws IOException {
    var object = (ObjectNode) JSON.readTree(json);
    return JSON.writeValueAsBytes(object.put("version", version));
  }

  private Path newest() throws IOException {
    try (var jars = Files.newDirectoryStream(project.resolve("target"), "*.jar")) {
      Path newest = null;
      for (var jar : jars) {
        var name = jar.getFileName().toString();
        if (name.equals("plugin-dev.jar") || name.matches(".*-(sources|javadoc|tests)\\.jar")) {
          continue;
        }
        if (newest == null || jar.toFile().lastModified() > newest.toFile().lastModified()) {
          newest = jar;
        }
      }
      if (newest == null) {
        throw CliException.failed("the build has left no jar in target");
      }
      return newest;
    }
  }
}
