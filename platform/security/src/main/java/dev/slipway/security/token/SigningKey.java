package dev.slipway.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key ready for use.
 *
 * @param id the {@code kid} of its tokens
 * @param retiredAt since when it no longer signs; null for the one that does
 */
record SigningKey(
    String id,
    MACSigner signer,
    MACVerifier verifier,
    Instant createdAt,
    @Nullable Instant retiredAt) {
  static final int BYTES = 32;

  static SigningKey of(String id, byte[] secret, Instant createdAt, @Nullable Instant retiredAt) {
    try {
      return new SigningKey(
          id, new MACSigner(secret), new MACVerifier(secret), createdAt, retiredAt);
    } catch (JOSEException refused) {
      throw new IllegalStateException("HMAC-SHA256 is not available", refused);
    }
  }

  /** Whether tokens that it signed may still be alive. */
  boolean verifiesAt(Instant now) {
    return retiredAt == null || now.isBefore(retiredAt.plus(SigningKeys.AFTERLIFE));
  }

  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
