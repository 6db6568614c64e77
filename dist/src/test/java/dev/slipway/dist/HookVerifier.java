package dev.slipway.dist;

import dev.slipway.dist.Hooks.Hook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a receiver has to check, written from the Standard Webhooks specification and from the API's
 * own promise; it shares no code with the sender.
 */
final class HookVerifier {
  private static final String PREFIX = "whsec_";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final String secret;

  HookVerifier(String secret) {
    this.secret = secret;
  }

  /** Standard Webhooks: one of the signatures over id, time and body fits, and the time is near. */
  boolean accepts(Hook hook, Instant now) {
    var id = hook.header("webhook-id");
    var timestamp = hook.header("webhook-timestamp");
    if (id.isEmpty() || !timestamp.matches("[0-9]{1,12}") || !near(timestamp, now)) {
      return false;
    }
    var key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    var expected = mac(key, id + "." + timestamp + "." + hook.body());
    return Stream.of(hook.header("webhook-signature").split(" "))
        .filter(signature -> signature.startsWith("v1,"))
        .map(signature -> Base64.getDecoder().decode(signature.substring("v1,".length())))
        .anyMatch(signature -> MessageDigest.isEqual(expected, signature));
  }

  private static boolean near(String timestamp, Instant now) {
    var sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(sent, now).abs().compareTo(TOLERANCE) <= 0;
  }

  /**
   * The API's own signature: HMAC-SHA256 of the body in hex, keyed by the secret as it is shown.
   */
  boolean acceptsPlain(Hook hook) {
    var expected = mac(secret.getBytes(StandardCharsets.UTF_8), hook.body());
    var given = HexFormat.of().parseHex(hook.header("X-Webhook-Signature"));
    return MessageDigest.isEqual(expected, given);
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
