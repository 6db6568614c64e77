package dev.slipway.compose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text of an {@code env_file}: {@code NAME=VALUE} lines, empty ones, and comments. Quotes
 * around a value go; nothing is filled in.
 */
public final class EnvFileText {
  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");

  private EnvFileText() {}

  /**
   * @param path for the message
   */
  public static Map<String, String> parse(String path, String text) throws ComposeFault {
    var variables = new LinkedHashMap<String, String>();
    int number = 0;
    for (var raw : text.lines().toList()) {
      number++;
      var line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var parts = LINE.matcher(line);
      if (!parts.matches() || line.indexOf('\0') >= 0) {
        throw new ComposeFault(List.of(path + " line " + number + ": is not NAME=VALUE"));
      }
      variables.put(parts.group(1), unquoted(parts.group(2)));
    }
    return variables;
  }

  private static String unquoted(String value) {
    for (var quote : List.of("\"", "'")) {
      if (value.length() >= 2 && value.startsWith(quote) && value.endsWith(quote)) {
        return value.substring(1, value.length() - 1);
      }
    }
    return value;
  }
}
