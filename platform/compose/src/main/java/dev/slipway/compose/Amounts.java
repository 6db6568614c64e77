package dev.slipway.compose;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as Compose files write them; null for what is none. */
final class Amounts {
  private static final Pattern BYTES = Pattern.compile("(\\d{1,12})(?:([bkmg])b?)?");
  private static final Pattern CORES = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3})?");
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,9})ms)?");

  private Amounts() {}

  static @Nullable Long bytes(String text) {
    var parts = BYTES.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return null;
    }
    var unit = parts.group(2);
    int shift = unit == null ? 0 : "bkmg".indexOf(unit);
    return Long.parseLong(parts.group(1)) << 10 * shift;
  }

  static @Nullable Double cores(String text) {
    return CORES.matcher(text).matches() && Double.parseDouble(text) > 0
        ? Double.valueOf(text)
        : null;
  }

  static @Nullable Integer whole(String text, int least, int most) {
    if (!text.matches("\\d{1,9}")) {
      return null;
    }
    int number = Integer.parseInt(text);
    return number < least || number > most ? null : number;
  }

  static @Nullable Duration time(String text) {
    var parts = TIME.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return null;
    }
    return Duration.ofHours(number(parts.group(1)))
        .plusMinutes(number(parts.group(2)))
        .plusSeconds(number(parts.group(3)))
        .plusMillis(number(parts.group(4)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
