package dev.slipway.apps;

import java.util.Locale;

/** What of a deployment a variable is for. */
public enum Phase {
  BUILD,
  RUN;

  /** As clients write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What {@link #text} says. */
  public static Phase of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
