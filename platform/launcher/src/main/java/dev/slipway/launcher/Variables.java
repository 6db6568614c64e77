package dev.slipway.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The environment of the process; an empty variable counts as not set. */
record Variables(Map<String, String> values) {

  private static final long LONGEST_SECRET = 64 * 1024;

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
  }

  /** The value of {@code name}, or the content of the file that {@code name_FILE} points at. */
  Optional<String> secret(String name) throws StartFailure {
    var direct = get(name);
    var file = get(name + "_FILE").map(Path::of);
    if (direct.isPresent() && file.isPresent()) {
      throw StartFailure.usage("give " + name + " or " + name + "_FILE, not both");
    }
    return file.isPresent() ? Optional.of(read(name, file.get())) : direct;
  }

  private static String read(String name, Path file) throws StartFailure {
    try {
      if (Files.size(file) > LONGEST_SECRET) {
        throw StartFailure.usage(name + "_FILE: " + file + " is too large for a secret");
      }
      var secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw StartFailure.usage(name + "_FILE: " + file + " is empty");
      }
      return secret;
    } catch (IOException e) {
      throw StartFailure.usage(name + "_FILE: " + file + " cannot be read");
    }
  }
}
