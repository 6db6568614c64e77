package dev.slipway.accounts.service;

import java.util.Optional;

/** The rule for names of people, tenants and keys. */
public final class DisplayName {
  private static final int MAX = 200;

  private DisplayName() {}

  /** The name without space around it; empty where it is none. */
  public static Optional<String> parse(String text) {
    return parse(text, MAX);
  }

  /** As {@link #parse(String)}, with another bound. */
  public static Optional<String> parse(String text, int max) {
    var name = text.strip();
    var length = name.codePointCount(0, name.length());
    return length < 1 || length > max || name.codePoints().anyMatch(DisplayName::refused)
        ? Optional.empty()
        : Optional.of(name);
  }

  /**
   * Characters that end a line, are none at all, or turn the direction of what stands around the
   * name.
   */
  private static boolean refused(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT ->
          character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069;
      default -> false;
    };
  }
}
