package dev.slipway.agent.update;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Tells whether the platform that enrolled this agent vouches for a program. What is signed by
 * Ed25519 is the text {@code slipway-agent}, the version, the architecture and the SHA-256 in hex,
 * each with a line feed.
 */
final class ProgramSignature {
  private final PublicKey key;

  /**
   * @param key X.509 encoding in base64
   */
  ProgramSignature(String key) throws GeneralSecurityException {
    try {
      this.key =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not base64", e);
    }
  }

  boolean covers(String version, String arch, String sha256, String signature) {
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(
          ("slipway-agent\n" + version + "\n" + arch + "\n" + sha256 + "\n")
              .getBytes(StandardCharsets.UTF_8));
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
