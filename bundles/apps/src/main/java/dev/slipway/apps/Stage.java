package dev.slipway.apps;

import java.util.Locale;

/** What a run of an app is for; variables can be bound to some of them. */
public enum Stage {
  DEVELOPMENT,
  PREVIEW,
  STAGING,
  PRODUCTION;

  /** As clients write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What {@link #text} says. */
  public static Stage of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
