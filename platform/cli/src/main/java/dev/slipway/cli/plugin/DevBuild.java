package dev.slipway.cli.plugin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.output.CliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's project on the machine of its author: tells when it was changed, and builds it. The
 * first build is Maven's; what was changed then is built in this process where that can be done.
 */
public final class DevBuild {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path project;
  private final MavenBuild maven;
  private boolean asked;
  private Map<Path, Long> seen = Map.of();
  private final Set<Path> changed = new HashSet<>();
  private @Nullable QuickBuild quick;
  private Map<String, byte[]> entries = Map.of();
  private String said = "";

  /** A project that is built so. */
  public DevBuild(Path project, MavenBuild maven) {
    this.project = project;
    this.maven = maven;
  }

  /** Whether a source was changed, added or removed since this was asked last, or first asked. */
  public boolean changed() {
    var now = sources();
    var before = seen;
    seen = now;
    now.forEach(
        (file, time) -> {
          if (!time.equals(before.get(file))) {
            changed.add(file);
          }
        });
    before.keySet().stream().filter(file -> !now.containsKey(file)).forEach(changed::add);
    var first = !asked;
    asked = true;
    return first || !changed.isEmpty();
  }

  private Map<Path, Long> sources() {
    try (var files = Files.walk(project)) {
      var times = new TreeMap<Path, Long>();
      files
          .filter(file -> !project.relativize(file).startsWith("target"))
          .filter(file -> !project.relativize(file).startsWith("src/test"))
          .filter(file -> !project.relativize(file).toString().startsWith("."))
          .filter(Files::isRegularFile)
          .forEach(file -> times.put(file, file.toFile().lastModified()));
      return times;
    } catch (IOException | UncheckedIOException vanished) {
      // An editor replaced a file while it was looked at; the next look tells.
      return seen;
    }
  }

  /** Builds; false where that failed, and {@link #said} tells why. */
  public boolean build() throws InterruptedException {
    var files = Set.copyOf(changed);
    changed.clear();
    try {
      return switch (quickly(files)) {
        case BUILT -> true;
        case FAULTY -> false;
        case REFUSED -> fully();
      };
    } catch (IOException failure) {
      throw CliException.failed("the project can not be read: " + failure.getMessage());
    }
  }

  private QuickBuild.Outcome quickly(Set<Path> files) throws IOException {
    if (quick == null) {
      return QuickBuild.Outcome.REFUSED;
    }
    var outcome = quick.build(files);
    said = quick.said();
    entries = quick.entries();
    return outcome;
  }

  private boolean fully() throws InterruptedException, IOException {
    quick = null;
    var fine = maven.run();
    said = maven.said();
    if (fine) {
      entries = QuickBuild.entries(newest());
    }
    return fine;
  }

  /** Looks, when there is nothing else to do, whether the next change can be built quickly. */
  public void prepare() {
    var classPath = maven.classPath();
    if (quick == null && !classPath.isEmpty()) {
      quick = QuickBuild.after(project, newest(), classPath).orElse(null);
    }
  }

  /** What the last build has said. */
  public String said() {
    return said;
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
        for (var entry : entries.entrySet()) {
          out.putNextEntry(new JarEntry(entry.getKey()));
          var content = entry.getValue();
          out.write(entry.getKey().equals("plugin.json") ? versioned(content, next) : content);
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

  private Path newest() {
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
      if (newest != null) {
        return newest;
      }
    } catch (IOException none) {
      // As where it is empty.
    }
    throw CliException.failed("the build has left no jar in target");
  }
}
