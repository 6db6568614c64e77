package dev.slipway.fleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The agent's environment file: {@code NAME=value} lines, readable by its owner alone. The agent
 * may rewrite it.
 */
final class AgentFile {
  private final Path file;

  AgentFile(Path file) {
    this.file = file;
  }

  Path path() {
    return file;
  }

  /** Its lines; none where there is no file. */
  Map<String, String> read() throws IOException {
    var values = new LinkedHashMap<String, String>();
    if (Files.exists(file)) {
      for (var line : Files.readAllLines(file)) {
        var equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          values.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    }
    return values;
  }

  /** Replaces it in one step. */
  void write(Map<String, String> values) throws IOException {
    var text = new StringBuilder();
    values.forEach(
        (name, value) -> {
          if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(name + " has a line break");
          }
          text.append(name).append('=').append(value).append('\n');
        });
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
