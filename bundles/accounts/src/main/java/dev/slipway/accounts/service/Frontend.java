package dev.slipway.accounts.service;

import dev.slipway.api.platform.Platform;
import java.net.URI;

/** The web front end that people use: {@code slipway.frontend.url}, else the platform's own URL. */
public final class Frontend {
  private final String base;

  public Frontend(Platform platform) {
    var stated = platform.setting("slipway.frontend.url");
    base = (stated == null ? platform.publicUrl().toString() : stated).replaceAll("/+$", "");
  }

  /** A page that reads the token. */
  URI link(String page, String token) {
    return URI.create(base + "/" + page + "?token=" + token);
  }

  /** A page. */
  public URI page(String pathAndMore) {
    return URI.create(base + "/" + pathAndMore);
  }
}
