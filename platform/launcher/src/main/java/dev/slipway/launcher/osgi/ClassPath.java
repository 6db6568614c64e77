package dev.slipway.launcher.osgi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * The jars of the JVM's class path. The system bundle exports the packages of the third-party ones,
 * so that bundles import them as usual although one class loader holds them all.
 */
public record ClassPath(List<Path> jars) {

  public ClassPath {
    jars = List.copyOf(jars);
  }

  /** That of the running JVM. */
  public static ClassPath own() {
    return parse(System.getProperty("java.class.path"));
  }

  static ClassPath parse(String classPath) {
    return new ClassPath(
        Arrays.stream(classPath.split(":"))
            .filter(entry -> entry.endsWith(".jar"))
            .map(Path::of)
            .filter(Files::isRegularFile)
            .toList());
  }

  /** Our own jars are programs; what bundles share of ours is a bundle. */
  private List<Path> libraries() {
    return jars.stream()
        .filter(jar -> !jar.getFileName().toString().startsWith("dev.slipway."))
        .toList();
  }

  /** Changes when a jar is added, removed or replaced. */
  public String fingerprint() throws IOException {
    var text = new StringBuilder();
    for (var jar : jars) {
      text.append(jar)
          .append(' ')
          .append(Files.size(jar))
          .append(' ')
          .append(Files.getLastModifiedTime(jar).toMillis())
          .append('\n');
    }
    return digest(text.toString());
  }

  /** A short name for a text, for files in a cache. */
  public static String digest(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The export clauses, from the cache when the same jars were read before. */
  public String exports(Path cache) throws IOException {
    var file = cache.resolve(fingerprint() + ".exports");
    if (Files.exists(file)) {
      return Files.readString(file);
    }
    try (var old = Files.newDirectoryStream(cache, "*.exports")) {
      for (var path : old) {
        Files.deleteIfExists(path);
      }
    }
    var exports = readExports();
    var beside = Files.createTempFile(cache, "exports", ".new");
    Files.writeString(beside, exports);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    return exports;
  }

  /** Of a package in two jars the first counts, as it does for the class loader. */
  private String readExports() throws IOException {
    var packages = new TreeMap<String, Set<String>>();
    for (var jar : libraries()) {
      try (var file = new JarFile(jar.toFile(), false)) {
        JarPackages.of(file, jar.getFileName().toString()).forEach(packages::putIfAbsent);
      }
    }
    return packages.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(version -> entry.getKey() + ";version=\"" + version + "\""))
        .collect(Collectors.joining(","));
  }
}
