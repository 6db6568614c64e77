package dev.slipway.apps;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of what lies in volumes that nobody needs any more. */
public enum VolumeFate {
  /** It stays on its servers, and an app or environment that has the volume again finds it. */
  KEEP,
  /** It is deleted as soon as nothing uses it. */
  PURGE;

  /** What an event says of it; one from before there were volumes says nothing, and keeps them. */
  public static VolumeFate of(@Nullable String text) {
    return PURGE.text().equals(text) ? PURGE : KEEP;
  }

  /** As clients write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
