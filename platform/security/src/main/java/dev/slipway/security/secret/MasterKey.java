package dev.slipway.security.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One key of the operator's file.
 *
 * @param id the id written beside it, else its fingerprint; stands with every data key that it
 *     wraps
 * @param fingerprint derived from the key itself, so that a key is still found after its line got
 *     another id
 */
record MasterKey(String id, String fingerprint, Aead aead) {
  static final int BYTES = 32;

  static MasterKey of(@Nullable String label, byte[] key) {
    try {
      var fingerprint = fingerprint(key);
      return new MasterKey(label == null ? fingerprint : label, fingerprint, new AesGcmJce(key));
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("AES-256-GCM is not available", refused);
    }
  }

  boolean isCalled(String name) {
    return id.equals(name) || fingerprint.equals(name);
  }

  @Override
  public String toString() {
    return "MasterKey[" + id + "]";
  }

  private static String fingerprint(byte[] key) throws NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-256");
    digest.update("slipway master key".getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest.digest(key), 0, 8);
  }
}
