package dev.slipway.pluginhost;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's signature: {@value #SUMS} names every other file of the jar with its SHA-256, as
 * {@code sha256sum} writes it, and {@value #SIGNATURE} holds the key and the Ed25519 signature of
 * that list. The jar's own order and compression are not part of it.
 */
final class JarSignature {
  static final String SUMS = "META-INF/slipway.sums";
  static final String SIGNATURE = "META-INF/slipway.sig";

  private static final Pattern LINES =
      Pattern.compile("key ([A-Za-z0-9+/=]{1,200})\nsignature ([A-Za-z0-9+/=]{1,200})\n?");
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) {2}(.+)");

  private JarSignature() {}

  /**
   * Who has signed these files.
   *
   * @param files lower-case hex SHA-256 by name, without those two
   * @return id of the key; null where the jar is not signed
   * @throws IllegalArgumentException where the signature is not one of these files; the message
   *     says why
   */
  static @Nullable String signer(
      Map<String, String> files, byte @Nullable [] sums, byte @Nullable [] signature) {
    if (sums == null && signature == null) {
      return null;
    }
    if (sums == null || signature == null) {
      throw new IllegalArgumentException("one of " + SUMS + " and " + SIGNATURE + " is missing");
    }
    var lines = LINES.matcher(new String(signature, StandardCharsets.UTF_8));
    if (!lines.matches()) {
      throw new IllegalArgumentException(SIGNATURE + " is malformed");
    }
    var key = key(lines.group(1));
    verify(key, sums, Base64.getDecoder().decode(lines.group(2)));
    compare(files, listed(sums));
    return id(key);
  }

  private static void verify(PublicKey key, byte[] sums, byte[] signature) {
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(sums);
      if (verifier.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException("its signature is malformed", malformed);
    }
    throw new IllegalArgumentException("its signature is not that of its list of files");
  }

  private static Map<String, String> listed(byte[] sums) {
    var listed = new TreeMap<String, String>();
    new String(sums, StandardCharsets.UTF_8)
        .lines()
        .forEach(
            line -> {
              var sum = SUM.matcher(line);
              if (!sum.matches()) {
                throw new IllegalArgumentException(SUMS + " is malformed");
              }
              listed.put(sum.group(2), sum.group(1));
            });
    return listed;
  }

  private static void compare(Map<String, String> files, Map<String, String> listed) {
    for (var file : files.entrySet()) {
      var signed = listed.remove(file.getKey());
      if (!file.getValue().equals(signed)) {
        throw new IllegalArgumentException(
            file.getKey() + (signed == null ? " was added" : " was changed") + " after signing");
      }
    }
    if (!listed.isEmpty()) {
      throw new IllegalArgumentException(
          listed.keySet().iterator().next() + " was removed after signing");
    }
  }

  /** A public key as base64 of its X.509 form; refuses whatever is no Ed25519 key. */
  static PublicKey key(String base64) {
    try {
      var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
      return KeyFactory.getInstance("Ed25519").generatePublic(encoded);
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException("it is no Ed25519 public key", malformed);
    }
  }

  /** What a key is known by: lower-case hex SHA-256 of its X.509 form. */
  static String id(PublicKey key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("SHA-256 is part of every JDK", missing);
    }
  }
}
