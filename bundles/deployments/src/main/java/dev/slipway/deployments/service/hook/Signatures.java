package dev.slipway.deployments.service.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures of webhooks, in the form of GitHub. */
final class Signatures {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String SCHEME = "sha256=";

  private Signatures() {}

  /** Whether a body was signed with a secret; takes the same time whatever is wrong. */
  static boolean fits(String secret, byte[] body, String signature) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      var expected = SCHEME + HexFormat.of().formatHex(mac.doFinal(body));
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", missing);
    }
  }
}
