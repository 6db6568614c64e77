package dev.slipway.pluginhost;

import dev.slipway.api.PlatformException;
import dev.slipway.api.platform.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A stranger's jar. Nothing of it is believed before it was measured, and no class of it is loaded.
 */
final class PluginJar implements AutoCloseable {
  private static final int LONGEST_TEXT = 256 * 1024;
  private static final int LONGEST_SUMS = 4 * 1024 * 1024;
  private static final Set<String> SIGNING = Set.of(JarSignature.SUMS, JarSignature.SIGNATURE);
  private static final int MOST_ENTRIES = 20_000;
  private static final long LARGEST_UNPACKED = 256L * 1024 * 1024;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");
  private static final int LONGEST_ID = 200;

  private final JarFile jar;

  private PluginJar(JarFile jar) {
    this.jar = jar;
  }

  /** What the plugin in this file says of itself; refuses with 400 whatever is no sound plugin. */
  static Sound inspect(Path file, Json json) throws IOException {
    // Opened for verification: where the jar is signed, each entry is compared with its digest.
    try (var opened = new PluginJar(new JarFile(file.toFile(), true, ZipFile.OPEN_READ))) {
      return opened.inspect(json);
    } catch (IOException | SecurityException | IllegalArgumentException broken) {
      throw refusal("it is no sound jar file");
    }
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }

  private Sound inspect(Json json) throws IOException {
    var files = measure();
    var headers = headers();
    var id = symbolicName(headers);
    var version = version(headers.getValue(Constants.BUNDLE_VERSION));
    if (headers.getValue(Constants.FRAGMENT_HOST) != null) {
      throw refusal("it is a fragment, which would change another bundle");
    }
    var manifest = manifest(json);
    manifest.check(id, version);
    return new Sound(manifest, signer(id, files));
  }

  /**
   * Unpacks everything into nowhere: a file's own word about its size is worth nothing.
   *
   * @return the SHA-256 of each file that a signature is about
   */
  private Map<String, String> measure() throws IOException {
    if (jar.size() > MOST_ENTRIES) {
      throw refusal("it has more than " + MOST_ENTRIES + " entries");
    }
    var names = new HashSet<String>();
    var files = new HashMap<String, String>();
    var left = LARGEST_UNPACKED;
    var buffer = new byte[64 * 1024];
    for (var entries = jar.entries(); entries.hasMoreElements(); ) {
      var entry = entries.nextElement();
      checkName(entry.getName());
      if (!names.add(entry.getName())) {
        throw refusal("it has two entries of one name");
      }
      var digest = PluginFolder.sha256();
      try (var in = jar.getInputStream(entry)) {
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
          left -= read;
          if (left < 0) {
            throw refusal("it unpacks to more than " + (LARGEST_UNPACKED >> 20) + " MiB");
          }
        }
      }
      if (!entry.isDirectory() && !SIGNING.contains(entry.getName())) {
        files.put(entry.getName(), HexFormat.of().formatHex(digest.digest()));
      }
    }
    return files;
  }

  private @Nullable String signer(String id, Map<String, String> files) throws IOException {
    try {
      return JarSignature.signer(
          files, signing(JarSignature.SUMS), signing(JarSignature.SIGNATURE));
    } catch (IllegalArgumentException broken) {
      throw PluginError.SIGNATURE.of(id, broken.getMessage());
    }
  }

  private byte @Nullable [] signing(String name) throws IOException {
    var entry = jar.getEntry(name);
    return entry == null ? null : read(entry, LONGEST_SUMS);
  }

  private static void checkName(String name) {
    var outside = name.startsWith("/") || ("/" + name + "/").contains("/../");
    if (outside || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
      throw refusal("an entry's name leads out of it");
    }
  }

  private Attributes headers() throws IOException {
    var entry = jar.getEntry(JarFile.MANIFEST_NAME);
    if (entry == null) {
      throw refusal("it has no " + JarFile.MANIFEST_NAME);
    }
    var bytes = new ByteArrayInputStream(read(entry));
    return new java.util.jar.Manifest(bytes).getMainAttributes();
  }

  private static String symbolicName(Attributes headers) {
    var header = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
    if (header == null) {
      throw refusal("it has no Bundle-SymbolicName");
    }
    var parts = header.split(";", 2);
    var id = parts[0].strip();
    if (id.length() > LONGEST_ID || !ID.matcher(id).matches()) {
      throw refusal("its Bundle-SymbolicName is no dotted name of at most 200 characters");
    }
    if (parts.length > 1 && parts[1].replaceAll("[\\s\"]", "").contains("singleton:=true")) {
      throw refusal("it is a singleton, which can not be updated while it runs");
    }
    return id;
  }

  private static Version version(String header) {
    try {
      return Version.parseVersion(header);
    } catch (IllegalArgumentException malformed) {
      throw refusal("its Bundle-Version is malformed");
    }
  }

  private Manifest manifest(Json json) throws IOException {
    var entry = jar.getEntry("plugin.json");
    if (entry == null) {
      throw refusal("it has no plugin.json");
    }
    try {
      var manifest = json.read(new String(read(entry), StandardCharsets.UTF_8), Manifest.class);
      if (manifest != null) {
        return manifest;
      }
      throw refusal("its plugin.json is null");
    } catch (IllegalArgumentException malformed) {
      throw refusal("its plugin.json is malformed");
    }
  }

  private byte[] read(ZipEntry entry) throws IOException {
    return read(entry, LONGEST_TEXT);
  }

  private byte[] read(ZipEntry entry, int longest) throws IOException {
    try (var in = jar.getInputStream(entry)) {
      var bytes = in.readNBytes(longest + 1);
      if (bytes.length > longest) {
        throw refusal("its " + entry.getName() + " is larger than " + longest / 1024 + " KiB");
      }
      return bytes;
    }
  }

  /**
   * A sound plugin.
   *
   * @param signedBy id of the key that has signed it; null where none has
   */
  record Sound(Manifest manifest, @Nullable String signedBy) {}

  private static PlatformException refusal(String reason) {
    return PluginError.NOT_A_BUNDLE.at("body", reason);
  }
}
