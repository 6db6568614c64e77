package dev.slipway.accounts.service.secondfactor;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords as authenticator apps make them: RFC 6238 with SHA-1, six digits,
 * steps of 30 seconds.
 */
public final class Totp {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 20;
  private static final int STEP_SECONDS = 30;
  private static final int MODULUS = 1_000_000;

  /** Clocks of phones are off by some seconds, and typing takes its time. */
  private static final int DRIFT_STEPS = 1;

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {}

  /** A new secret in Base32, 32 characters. */
  static String newSecret() {
    var bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return encode(bytes);
  }

  /** The code of a time step. */
  public static String code(String secret, long step) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(decode(secret), "HmacSHA1"));
      var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      var offset = hash[hash.length - 1] & 0xf;
      var number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fffffff;
      return String.format(Locale.ROOT, "%06d", number % MODULUS);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("HmacSHA1 is part of every JDK", missing);
    }
  }

  public static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), (long) STEP_SECONDS);
  }

  /** The step that a code belongs to, near this time; empty where it is none of those. */
  static OptionalLong match(String secret, String code, Instant at) {
    var now = step(at);
    var found = OptionalLong.empty();
    for (var step = now - DRIFT_STEPS; step <= now + DRIFT_STEPS; step++) {
      // All of them each time: how long it takes says nothing.
      if (MessageDigest.isEqual(code(secret, step).getBytes(), code.getBytes())) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private static String encode(byte[] bytes) {
    var text = new StringBuilder();
    var buffer = 0;
    var bits = 0;
    for (var value : bytes) {
      buffer = buffer << 8 | value & 0xff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt(buffer >> bits & 31));
      }
    }
    return text.toString();
  }

  /** Whole bytes; what is left over of the last character is none. */
  private static byte[] decode(String text) {
    var bytes = ByteBuffer.allocate(text.length() * 5 / 8);
    var buffer = 0;
    var bits = 0;
    for (var character : text.toCharArray()) {
      buffer = buffer << 5 | BASE32.indexOf(character);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.put((byte) (buffer >> bits));
      }
    }
    return bytes.array();
  }
}
