package dev.slipway.admin.service;

import dev.slipway.api.spi.ConfigVariable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What fits a variable. */
final class ConfigRule {
  private static final int MAX_VALUE = 20_000;
  private static final int MAX_OPTIONS = 100;
  private static final int MAX_DIGITS = 60;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*[A-Za-z_][A-Za-z0-9_.]{0,63}\\s*\\}\\}");

  /** What would run where a template is shown as a page or in a mail. */
  private static final Pattern SCRIPT =
      Pattern.compile(
          "<\\s*/?\\s*(script|iframe|object|embed|link|meta|base|form|svg)\\b"
              + "|\\bon[a-z]{3,30}\\s*=|(javascript|vbscript|data)\\s*:",
          Pattern.CASE_INSENSITIVE);

  private ConfigRule() {}

  /** The options in the wire's form, {@code a|b|c}. */
  static List<String> options(@Nullable String piped) {
    return piped == null || piped.isBlank()
        ? List.of()
        : Arrays.stream(piped.split("\\|")).map(String::strip).distinct().toList();
  }

  /** What is wrong with the options; null where nothing is. */
  static @Nullable String optionsFault(ConfigVariable.Type type, List<String> options) {
    if (type != ConfigVariable.Type.ENUM) {
      return options.isEmpty() ? null : "is for enums alone";
    }
    if (options.isEmpty()) {
      return "is required for an enum";
    }
    return options.size() > MAX_OPTIONS || options.stream().anyMatch(String::isEmpty)
        ? "must have 1 to " + MAX_OPTIONS + " words with | between"
        : null;
  }

  /** What is wrong with a value; null where nothing is. */
  static @Nullable String valueFault(ConfigVariable.Type type, String value, List<String> options) {
    if (value.length() > MAX_VALUE) {
      return "must have at most " + MAX_VALUE + " characters";
    }
    return switch (type) {
      case STRING -> null;
      case NUMERIC ->
          value.length() <= MAX_DIGITS && NUMBER.matcher(value).matches()
              ? null
              : "must be a number such as 12 or 0.5";
      case ENUM -> options.contains(value) ? null : "must be one of " + String.join(", ", options);
      case TEMPLATE -> templateFault(value);
    };
  }

  private static @Nullable String templateFault(String value) {
    var plain = PLACEHOLDER.matcher(value).replaceAll("");
    if (plain.contains("{{") || plain.contains("}}")) {
      return "has a placeholder that is not of the form {{name}}";
    }
    return SCRIPT.matcher(plain).find() ? "must not hold anything that a browser would run" : null;
  }

  /** A number that passed the check. */
  static BigDecimal number(String value) {
    return new BigDecimal(value.toLowerCase(Locale.ROOT));
  }
}
