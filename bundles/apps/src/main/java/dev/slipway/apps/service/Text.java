package dev.slipway.apps.service;

import org.jspecify.annotations.Nullable;

/** Text that people write; each check answers with what is wrong, or null. */
public final class Text {
  private Text() {}

  /** One line: no line breaks or other control characters. */
  public static @Nullable String line(String text, int max) {
    return fault(text, max, false);
  }

  /** Several lines: line breaks and tabs, no other control characters. */
  public static @Nullable String block(String text, int max) {
    return fault(text, max, true);
  }

  private static @Nullable String fault(String text, int max, boolean breaks) {
    if (text.length() > max) {
      return "must have at most " + max + " characters";
    }
    var clean = text.codePoints().allMatch(point -> fits(point, breaks));
    return clean ? null : "must not contain control characters";
  }

  /** Directional overrides count as control: with them a text reads as another than it is. */
  private static boolean fits(int point, boolean breaks) {
    if (point == '\n' || point == '\r' || point == '\t') {
      return breaks;
    }
    if (point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069) {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR -> false;
      case Character.PARAGRAPH_SEPARATOR -> breaks;
      default -> true;
    };
  }

  /** A name: one line that says something. */
  public static @Nullable String name(String text, int max) {
    return text.isBlank() ? "must not be blank" : line(text, max);
  }

  /** Visible ASCII without blanks. */
  public static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** Null for a text that says nothing: clients send both to clear a member. */
  public static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
