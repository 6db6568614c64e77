package dev.slipway.webhooks.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two ways in which a delivery proves where it comes from. */
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /** HMAC-SHA256 of the body in hex; the key is the secret as it is shown. */
  static String plain(String secret, String body) {
    return HexFormat.of().formatHex(mac(secret.getBytes(StandardCharsets.UTF_8), body));
  }

  /**
   * As Standard Webhooks says: one signature for each secret, over id, time and body; the key is
   * what follows the prefix, decoded.
   */
  static String standard(List<String> secrets, String id, long seconds, String body) {
    var signed = id + "." + seconds + "." + body;
    return secrets.stream()
        .map(secret -> "v1," + Base64.getEncoder().encodeToString(mac(key(secret), signed)))
        .collect(Collectors.joining(" "));
  }

  private static byte[] key(String secret) {
    return Base64.getDecoder().decode(secret.substring(SigningSecrets.PREFIX.length()));
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", missing);
    }
  }
}
