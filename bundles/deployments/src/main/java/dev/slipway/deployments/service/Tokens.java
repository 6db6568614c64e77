package dev.slipway.deployments.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Tokens of addresses: made, and known again by their hash. */
public final class Tokens {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;
  private static final int SHOWN = 8;

  private Tokens() {}

  /** A new token: base64url of random bytes behind a prefix that says what it is. */
  public static String create(String prefix) {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * A new token that tells what it is for: base64url of random bytes and an id, so that whoever
   * uses it need not be told the id besides.
   */
  public static String create(String prefix, UUID id) {
    var bytes = ByteBuffer.allocate(BYTES + 2 * Long.BYTES);
    var random = new byte[BYTES];
    RANDOM.nextBytes(random);
    bytes.put(random).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** By what a token is found. */
  public static String hash(String token) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }

  /** The part of it that tells tokens apart and is no secret. */
  public static String prefix(String token) {
    return token.substring(0, SHOWN);
  }

  /** What may be shown of it. */
  public static String preview(String token) {
    return prefix(token) + "…";
  }
}
