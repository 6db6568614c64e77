package dev.slipway.fleet.service.enrolment;

import dev.slipway.api.platform.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The program that agents are updated to: the file that the setting {@code slipway.agent.program}
 * names. It runs on any Java, so it is the same for every architecture.
 */
@Component(service = AgentProgram.class)
public final class AgentProgram {
  private static final String BUILD_RECORD = "META-INF/maven/dev.slipway/agent/pom.properties";
  private static final int BUFFER = 1 << 16;

  private final @Nullable Path file;
  private @Nullable Release known;

  @Activate
  public AgentProgram(@Reference Platform platform) {
    var setting = platform.setting("slipway.agent.program");
    file = setting == null ? null : Path.of(setting);
  }

  /** A program as it lies there. */
  public record Release(Path file, String version, String sha256, long size, long modified) {}

  /** Empty where the operator has named none. */
  public synchronized Optional<Release> release() {
    if (file == null) {
      return Optional.empty();
    }
    try {
      var modified = Files.getLastModifiedTime(file).toMillis();
      var size = Files.size(file);
      if (known == null || known.modified() != modified || known.size() != size) {
        known = new Release(file, version(file), sha256(file), size, modified);
      }
      return Optional.of(known);
    } catch (IOException failure) {
      throw new UncheckedIOException("slipway.agent.program can not be read", failure);
    }
  }

  private static String version(Path program) throws IOException {
    try (var zip = new ZipFile(program.toFile())) {
      var entry = zip.getEntry(BUILD_RECORD);
      if (entry == null) {
        throw new IOException(program + " is no agent");
      }
      var properties = new Properties();
      properties.load(zip.getInputStream(entry));
      return properties.getProperty("version");
    }
  }

  private static String sha256(Path program) throws IOException {
    try (InputStream in =
        new DigestInputStream(
            Files.newInputStream(program), MessageDigest.getInstance("SHA-256"))) {
      var buffer = new byte[BUFFER];
      while (in.read(buffer) >= 0) {
        // The digest reads along.
      }
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
