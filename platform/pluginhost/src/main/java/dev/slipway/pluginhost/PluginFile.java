package dev.slipway.pluginhost;

import dev.slipway.api.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import org.osgi.framework.Version;

/**
 * An uploaded bundle on disk, looked at but not yet installed.
 *
 * @param path where it is
 * @param digest lower-case hex SHA-256 of its bytes
 * @param manifest its plugin.json
 */
record PluginFile(Path path, String digest, Manifest manifest) {
  private static final int LONGEST_MANIFEST = 256 * 1024;

  /**
   * Stores the bytes in a folder and looks at them; nothing is left behind where they are no
   * plugin.
   */
  static PluginFile receive(InputStream bytes, Path folder, Json json) throws IOException {
    Files.createDirectories(folder);
    var upload = Files.createTempFile(folder, "upload-", ".part");
    try {
      try (var out = Files.newOutputStream(upload)) {
        bytes.transferTo(out);
      }
      var manifest = inspect(upload, json);
      var hex = hex(upload);
      // The digest in the name keeps two builds of one version apart, so that a failed update never
      // overwrites.
      var name = manifest.id() + "-" + manifest.version() + "-" + hex.substring(0, 12) + ".jar";
      var target = folder.resolve(name);
      move(upload, target);
      return new PluginFile(target, hex, manifest);
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  /** Hex SHA-256 of a file. */
  static String hex(Path file) throws IOException {
    var digest = sha256();
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Manifest inspect(Path file, Json json) throws IOException {
    try (var jar = new JarFile(file.toFile())) {
      var headers = jar.getManifest();
      var symbolicName =
          headers == null ? null : headers.getMainAttributes().getValue("Bundle-SymbolicName");
      if (symbolicName == null) {
        throw PluginError.NOT_A_BUNDLE.of("it has no Bundle-SymbolicName");
      }
      var entry = jar.getEntry("plugin.json");
      if (entry == null || entry.getSize() > LONGEST_MANIFEST) {
        throw PluginError.NOT_A_BUNDLE.of("it has no plugin.json of at most 256 KiB");
      }
      var manifest = manifest(jar.getInputStream(entry), json);
      var id = symbolicName.split(";", 2)[0].trim();
      if (!id.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+") || id.length() > 200) {
        throw PluginError.NOT_A_BUNDLE.of("its symbolic name is not a dotted name");
      }
      if (!id.equals(manifest.id())) {
        throw PluginError.NOT_A_BUNDLE.of("plugin.json has another id than the bundle");
      }
      var version = Version.parseVersion(headers.getMainAttributes().getValue("Bundle-Version"));
      if (!version.equals(version(manifest.version()))) {
        throw PluginError.NOT_A_BUNDLE.of("plugin.json has another version than the bundle");
      }
      manifest.apiRange();
      return manifest;
    } catch (ZipException | SecurityException notAJar) {
      throw PluginError.NOT_A_BUNDLE.of("it is no jar file");
    } catch (IllegalArgumentException malformed) {
      throw PluginError.NOT_A_BUNDLE.of("its manifest is malformed");
    }
  }

  private static Version version(String text) {
    return Version.parseVersion(text);
  }

  private static Manifest manifest(InputStream in, Json json) throws IOException {
    try (in) {
      var text = new String(in.readNBytes(LONGEST_MANIFEST), StandardCharsets.UTF_8);
      return json.read(text, Manifest.class);
    } catch (IllegalArgumentException malformed) {
      throw PluginError.NOT_A_BUNDLE.of("plugin.json is malformed");
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherFileSystem) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }
}
