package com.example.specimen;

import dev.slipway.api.spi.SettingsListener;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears of its settings and takes only some of them. */
public final class Hearing implements SettingsListener {
  private static volatile Map<String, @Nullable Object> last = Map.of();

  static Map<String, @Nullable Object> last() {
    return last;
  }

  @Override
  public void changed(Map<String, @Nullable Object> settings) {
    if ("refuse".equals(settings.get("mood"))) {
      throw new IllegalStateException("not in the mood");
    }
    last = settings;
  }
}
