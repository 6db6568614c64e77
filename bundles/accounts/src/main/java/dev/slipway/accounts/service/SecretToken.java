package dev.slipway.accounts.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A random secret that is given away once. It has 256 random bits, so a plain hash is enough to
 * keep it by.
 *
 * @param raw what its holder gets
 * @param hash what is stored: lower-case hex of the SHA-256 of {@link #raw}
 */
public record SecretToken(String raw, String hash) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  /** A new secret that starts with the prefix. */
  public static SecretToken create(String prefix) {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    var raw = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new SecretToken(raw, hash(raw));
  }

  /** The hash to look a secret up by. */
  public static String hash(String raw) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(raw.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }

  @Override
  public String toString() {
    return "SecretToken[…]";
  }
}
