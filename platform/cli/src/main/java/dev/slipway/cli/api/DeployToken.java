package dev.slipway.cli.api;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A token that can deploy one app and do nothing else; it tells which app that is. */
final class DeployToken {
  /** 32 random bytes and the app's id, in base64url. */
  private static final Pattern FORM = Pattern.compile("sdt_([A-Za-z0-9_-]{64})");

  private static final int RANDOM = 32;

  private DeployToken() {}

  /** The app's id; empty where the token is of another kind. */
  static Optional<String> app(@Nullable String token) {
    var matcher = FORM.matcher(token == null ? "" : token);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(matcher.group(1))).position(RANDOM);
    return Optional.of(new UUID(id.getLong(), id.getLong()).toString());
  }
}
