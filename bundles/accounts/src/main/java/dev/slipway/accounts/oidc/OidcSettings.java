package dev.slipway.accounts.oidc;

import dev.slipway.api.platform.Platform;
import java.net.URI;
import java.util.Optional;

/**
 * The provider and how it knows us: {@code slipway.oidc.issuer}, {@code .client.id}, {@code
 * .client.secret}.
 */
record OidcSettings(String issuer, String clientId, String clientSecret, URI redirect) {
  static final String CALLBACK = "/api/auth/google/callback";
  private static final String GOOGLE = "https://accounts.google.com";

  static Optional<OidcSettings> of(Platform platform) {
    var id = platform.setting("slipway.oidc.client.id");
    var secret = platform.setting("slipway.oidc.client.secret");
    if (id == null || secret == null) {
      return Optional.empty();
    }
    var issuer = platform.setting("slipway.oidc.issuer");
    var base = platform.publicUrl().toString().replaceAll("/+$", "");
    return Optional.of(
        new OidcSettings(
            issuer == null ? GOOGLE : issuer, id, secret, URI.create(base + CALLBACK)));
  }

  @Override
  public String toString() {
    return "OidcSettings[" + issuer + "]";
  }
}
