package dev.slipway.launcher.osgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;

/** The bundles of a distribution. */
public final class BundleFolder {

  private static final String OURS = "dev.slipway.";
  private static final Set<String> SHARED = Set.of("api", "data", "proto");
  private static final Set<String> PLATFORM =
      Set.of(
          "telemetry",
          "store",
          "events",
          "jobs",
          "security",
          "http",
          "grpc",
          "scripting",
          "schema",
          "pluginhost");

  /** The order in which bundles start; the reverse is the order in which they stop. */
  public enum Level {
    FRAMEWORK,
    SHARED,
    PLATFORM,
    FEATURE;

    public int number() {
      return ordinal() + 1;
    }
  }

  /** One jar with its symbolic name. */
  public record Found(Path jar, String name, Level level) {}

  private BundleFolder() {}

  /** Sorted by level and name, so that each start does the same. */
  public static List<Found> read(Path folder) throws IOException {
    var found = new ArrayList<Found>();
    try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (var path : jars) {
        try (var jar = new JarFile(path.toFile(), false)) {
          var manifest = jar.getManifest();
          var header =
              manifest == null
                  ? null
                  : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
          if (header == null) {
            throw new IOException(path + " is no bundle: it has no Bundle-SymbolicName");
          }
          var name = header.split(";", 2)[0].strip();
          found.add(new Found(path, name, level(name)));
        }
      }
    }
    found.sort(Comparator.comparing(Found::level).thenComparing(Found::name));
    return found;
  }

  static Level level(String name) {
    if (!name.startsWith(OURS)) {
      return Level.FRAMEWORK;
    }
    var part = name.substring(OURS.length());
    if (SHARED.contains(part)) {
      return Level.SHARED;
    }
    return PLATFORM.contains(part) ? Level.PLATFORM : Level.FEATURE;
  }
}
