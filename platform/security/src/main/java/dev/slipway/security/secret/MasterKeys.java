package dev.slipway.security.secret;

import dev.slipway.api.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The master keys in the operator's file, newest first: one {@code id:base64} per line (32 bytes
 * each; the id may be left out), empty lines and lines with {@code #} aside. To rotate, put a new
 * line on top on every node; once no data key is wrapped by an old one its line may go.
 */
@Component(service = MasterKeys.class, immediate = true)
public final class MasterKeys {
  private static final int MAX_FILE = 16 * 1024;
  private static final int MAX_KEYS = 32;
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private final Path file;
  private volatile List<MasterKey> newestFirst;

  /** Reads the file once; a missing or broken one keeps the platform from starting. */
  @Activate
  public MasterKeys(@Reference Platform platform) {
    this(file(platform.setting("slipway.master.key.file")));
  }

  MasterKeys(Path file) {
    this.file = file;
    newestFirst = read(file);
  }

  /** The one that wraps from now on. */
  MasterKey newest() {
    return newestFirst.getFirst();
  }

  /** A key by the id that stands with a data key. */
  Optional<MasterKey> find(String id) {
    return newestFirst.stream().filter(key -> key.isCalled(id)).findFirst();
  }

  /** Reads the file again; what was there stays in use where the file is broken. */
  void reread() {
    newestFirst = read(file);
  }

  private static Path file(@Nullable String setting) {
    if (setting == null) {
      throw new IllegalStateException("slipway.master.key.file is not set");
    }
    return Path.of(setting);
  }

  private static List<MasterKey> read(Path file) {
    var keys = new ArrayList<MasterKey>();
    var names = new HashSet<String>();
    var number = 0;
    for (var line : text(file).lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var key = parse(file, number, line);
      if (!names.add(key.id()) || names.size() > MAX_KEYS) {
        throw broken(file, number, "repeats an id or is one key too many");
      }
      keys.add(key);
    }
    if (keys.isEmpty()) {
      throw broken(file, number, "is the last and no key was found");
    }
    return List.copyOf(keys);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw broken(file, 1, "begins a file that is too large for keys");
      }
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException failure) {
      throw new UncheckedIOException("the master key file can not be read: " + file, failure);
    }
  }

  private static MasterKey parse(Path file, int number, String line) {
    var colon = line.indexOf(':');
    var label = colon < 0 ? null : line.substring(0, colon).strip();
    if (label != null && !LABEL.matcher(label).matches()) {
      throw broken(file, number, "has no proper id before the colon");
    }
    var text = line.substring(colon + 1).strip().replace('-', '+').replace('_', '/');
    try {
      var key = Base64.getDecoder().decode(text);
      if (key.length == MasterKey.BYTES) {
        return MasterKey.of(label, key);
      }
    } catch (IllegalArgumentException notBase64) {
      // Its message quotes the key's text.
      throw broken(file, number, "is not base64");
    }
    throw broken(file, number, "does not hold 32 bytes");
  }

  private static IllegalStateException broken(Path file, int line, String fault) {
    return new IllegalStateException("master key file " + file + ": line " + line + " " + fault);
  }
}
