package dev.slipway.pluginhost;

import dev.slipway.api.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** The files of installed plugins. */
final class PluginFolder {
  private static final long LARGEST = 64L * 1024 * 1024;

  private final Path folder;
  private final Json json;

  PluginFolder(Path folder, Json json) {
    this.folder = folder;
    this.json = json;
  }

  /** Stores the bytes and looks at them; what is not kept goes when the upload is closed. */
  Upload receive(InputStream bytes) throws IOException {
    Files.createDirectories(folder);
    var path = Files.createTempFile(folder, "upload-", ".part");
    try {
      var digest = copy(bytes, path);
      return new Upload(path, digest, PluginJar.inspect(path, json));
    } catch (IOException | RuntimeException failure) {
      Files.deleteIfExists(path);
      throw failure;
    }
  }

  private static String copy(InputStream bytes, Path path) throws IOException {
    try (var out = new DigestOutputStream(Files.newOutputStream(path), sha256())) {
      var buffer = new byte[64 * 1024];
      var left = LARGEST;
      for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        left -= read;
        if (left < 0) {
          throw PluginError.NOT_A_BUNDLE.at("body", "it is larger than 64 MiB");
        }
        out.write(buffer, 0, read);
      }
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }
  }

  /** Whether the file of a plugin is there and is the one that was installed. */
  boolean holds(PluginRow row) throws IOException {
    var file = path(row);
    return Files.isRegularFile(file) && hex(file).equals(row.digest());
  }

  Path path(PluginRow row) {
    return folder.resolve(String.valueOf(row.file()));
  }

  void remove(PluginRow row) throws IOException {
    Files.deleteIfExists(path(row));
  }

  /** Removes what uploads and updates that were cut short have left. */
  void sweep(Set<@Nullable String> wanted) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, "*.{jar,part}")) {
        for (var file : files) {
          if (!wanted.contains(file.getFileName().toString())) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /** Lower-case hex SHA-256 of a file. */
  static String hex(Path file) throws IOException {
    var digest = sha256();
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }

  /**
   * A sound plugin that is not installed yet.
   *
   * @param path where it is for now
   * @param digest lower-case hex SHA-256 of its bytes
   */
  record Upload(Path path, String digest, PluginJar.Sound content) implements AutoCloseable {
    Manifest manifest() {
      return content.manifest();
    }

    /** Id of the key that has signed it; null where none has. */
    @Nullable String signedBy() {
      return content.signedBy();
    }

    /** The name under which it is kept; the digest keeps two builds of one version apart. */
    String fileName() {
      var version = Version.parseVersion(manifest().version());
      return manifest().id() + "-" + version + "-" + digest.substring(0, 12) + ".jar";
    }

    /** Puts it where the next start looks for it. */
    void keep() throws IOException {
      var target = path.resolveSibling(fileName());
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(path);
    }
  }
}
