package dev.slipway.apps;

import java.util.Locale;

/** What becomes of what lies in volumes that nobody needs any more. */
public enum VolumeFate {
  /** It stays on its servers, and an app or environment that has the volume again finds it. */
  KEEP,
  /** It is deleted as soon as nothing uses it. */
  PURGE;

  /** As clients write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
