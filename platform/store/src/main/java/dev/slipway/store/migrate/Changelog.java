package dev.slipway.store.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/**
 * The change sets of one feature.
 *
 * @param feature prefix of its tables
 * @param bundle symbolic name of the bundle that owns that prefix
 * @param files formatted SQL by file name, in the order to run
 */
public record Changelog(String feature, String bundle, SortedMap<String, String> files) {
  public Changelog {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** From a bundle; its feature is the last part of its symbolic name. */
  public static Changelog of(Bundle bundle) {
    var name = bundle.getSymbolicName();
    var feature = lastPart(name);
    var files = new TreeMap<String, String>();
    var entries = bundle.findEntries("changelog/" + feature, "*.sql", false);
    if (entries != null) {
      for (URL url : Collections.list(entries)) {
        files.put(fileName(url.getPath()), text(url));
      }
    }
    return new Changelog(feature.replace('-', '_'), name, files);
  }

  /** The prefix of a bundle's tables. */
  public static String feature(String bundle) {
    return lastPart(bundle).replace('-', '_');
  }

  private static String lastPart(String bundle) {
    return bundle.substring(bundle.lastIndexOf('.') + 1);
  }

  /** From a class loader, for use without OSGi. */
  public static Changelog of(String feature, ClassLoader loader) {
    var files = new TreeMap<String, String>();
    try {
      for (var folder : Collections.list(loader.getResources("changelog/" + feature))) {
        list(folder.toURI(), files);
      }
    } catch (IOException | java.net.URISyntaxException failure) {
      throw new IllegalStateException("changelog of " + feature + " can not be read", failure);
    }
    return new Changelog(feature.replace('-', '_'), "dev.slipway." + feature, files);
  }

  /** Bundle and feature as one name. */
  public String place() {
    return bundle + "/" + feature;
  }

  /** Changes exactly when some file does. */
  public String checksum() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (name, sql) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(sql.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }

  private static void list(URI folder, Map<String, String> files) throws IOException {
    if (!folder.getScheme().equals("jar")) {
      read(Path.of(folder), files);
      return;
    }
    var parts = folder.toString().substring("jar:".length()).split("!", 2);
    try (var jar = FileSystems.newFileSystem(Path.of(URI.create(parts[0])))) {
      read(jar.getPath(parts[1]), files);
    }
  }

  private static void read(Path folder, Map<String, String> files) throws IOException {
    try (var found = Files.newDirectoryStream(folder, "*.sql")) {
      for (var file : found) {
        files.put(fileName(file.toString()), Files.readString(file));
      }
    }
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String text(URL url) {
    try {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
