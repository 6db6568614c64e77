package dev.slipway.apps.store;

import org.jspecify.annotations.Nullable;

/** What clients search for, as a pattern in which their {@code %} and {@code _} are plain text. */
final class Search {
  private Search() {}

  static @Nullable String pattern(@Nullable String text) {
    return text == null || text.isBlank()
        ? null
        : "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
