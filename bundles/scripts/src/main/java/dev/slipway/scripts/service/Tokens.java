package dev.slipway.scripts.service;

import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.Secrets;
import dev.slipway.scripts.Script;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Secrets of scripts, sealed wherever they are kept, and the tokens of their addresses. */
@Component(service = Tokens.class)
public final class Tokens {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Secrets secrets;
  private final Platform platform;

  @Activate
  public Tokens(@Reference Secrets secrets, @Reference Platform platform) {
    this.secrets = secrets;
    this.platform = platform;
  }

  /** A new token: base64url of 32 random bytes. */
  static String create() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** By what a token is found. */
  static String hash(String token) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  String sealToken(UUID tenantId, UUID scriptId, String token) {
    return secrets.seal(tenantId, "scripts_script/" + scriptId + "/receive_token", token);
  }

  /** Where other systems post to; empty where they can not. */
  Optional<String> url(Script script) {
    var sealed = script.receiveToken();
    if (sealed == null) {
      return Optional.empty();
    }
    var token =
        secrets.open(script.tenantId(), "scripts_script/" + script.id() + "/receive_token", sealed);
    return Optional.of(platform.publicUrl() + "/api/script-receivers/" + token);
  }

  @Nullable String seal(Script script, String name, @Nullable String value) {
    return value == null ? null : secrets.seal(script.tenantId(), place(script.id(), name), value);
  }

  /** Opens a secret; from then on it is masked wherever it shows. */
  String open(UUID tenantId, UUID scriptId, String name, String sealed) {
    var value = secrets.open(tenantId, place(scriptId, name), sealed);
    secrets.protect(value);
    return value;
  }

  private static String place(UUID scriptId, String name) {
    return "scripts_secret/" + scriptId + "/" + name;
  }
}
