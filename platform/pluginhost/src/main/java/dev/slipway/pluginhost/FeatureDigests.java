package dev.slipway.pluginhost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-256 of the features' files, remembered in the cache folder by time and size: to compute all
 * of them again would be a tenth of a start.
 */
final class FeatureDigests {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureDigests.class);

  private final Path file;
  private final Properties before = new Properties();
  private final Properties now = new Properties();

  FeatureDigests(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try (var in = Files.newInputStream(file)) {
        before.load(in);
      } catch (IOException | IllegalArgumentException unreadable) {
        LOG.warn("{} can not be read; the digests are computed anew", file, unreadable);
      }
    }
  }

  String of(Path jar) {
    try {
      // Not the time of modification: that may be older than the file's arrival here.
      var state = jar + "?" + Files.size(jar) + "?" + Files.getAttribute(jar, "unix:ctime");
      var known = before.getProperty(state);
      var digest = known == null ? PluginFolder.hex(jar) : known;
      now.setProperty(state, digest);
      return digest;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Keeps those that were asked for. */
  void keep() throws IOException {
    if (now.equals(before)) {
      return;
    }
    Files.createDirectories(file.getParent());
    var part = file.resolveSibling(file.getFileName() + ".part");
    try (var out = Files.newOutputStream(part)) {
      now.store(out, null);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
