package dev.slipway.webhooks.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a receiver does by the Standard Webhooks specification; shares nothing with the sender. */
final class StandardVerifier {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private final byte[] key;

  StandardVerifier(String secret) {
    var text = secret.startsWith("whsec_") ? secret.substring("whsec_".length()) : secret;
    key = Base64.getDecoder().decode(text);
  }

  boolean accepts(Receiver.Received message, Instant now) {
    var id = message.header("webhook-id");
    var timestamp = message.header("webhook-timestamp");
    if (id.isEmpty() || !timestamp.matches("[0-9]+")) {
      return false;
    }
    var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
    if (age.compareTo(TOLERANCE) > 0) {
      return false;
    }
    var expected = sign(id + "." + timestamp + "." + message.body());
    for (var versioned : message.header("webhook-signature").split(" ")) {
      var comma = versioned.indexOf(',');
      if (comma > 0 && versioned.substring(0, comma).equals("v1")) {
        var given = Base64.getDecoder().decode(versioned.substring(comma + 1));
        if (MessageDigest.isEqual(expected, given)) {
          return true;
        }
      }
    }
    return false;
  }

  private byte[] sign(String content) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
