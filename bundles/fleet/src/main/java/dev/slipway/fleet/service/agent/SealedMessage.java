package dev.slipway.fleet.service.agent;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A text that only the agent with an X25519 key can read, as the contract has it: the sender's
 * one-time public key (32 bytes), a nonce (12) and an AES-256-GCM text whose key is the bare shared
 * secret, in base64.
 */
final class SealedMessage {
  private static final int KEY = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private SealedMessage() {}

  /**
   * Seals a text.
   *
   * @param agentKey the agent's public key in base64, as its heartbeats bring it
   * @throws IllegalArgumentException where that is no key that a secret can be agreed on with
   */
  static String of(String text, String agentKey) {
    return of(text, agentKey, random(KEY), random(NONCE));
  }

  static String of(String text, String agentKey, byte[] scalar, byte[] nonce) {
    var raw = Base64.getDecoder().decode(agentKey);
    if (raw.length != KEY) {
      throw new IllegalArgumentException("an X25519 key has 32 bytes");
    }
    try {
      var own =
          KeyFactory.getInstance("XDH")
              .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
      var basePoint = new byte[KEY];
      basePoint[0] = 9;
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      // A point of low order would make the secret known to all: the JDK refuses it.
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(agreed(own, raw), "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      var blob =
          ByteBuffer.allocate(KEY + NONCE + sealed.length)
              .put(agreed(own, basePoint))
              .put(nonce)
              .put(sealed);
      return Base64.getEncoder().encodeToString(blob.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no secret can be agreed on with this key", e);
    }
  }

  private static byte[] agreed(PrivateKey own, byte[] other) throws GeneralSecurityException {
    var agreement = KeyAgreement.getInstance("XDH");
    agreement.init(own);
    agreement.doPhase(publicKey(other), true);
    return agreement.generateSecret();
  }

  private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    var bigEndian = new byte[KEY];
    for (var i = 0; i < KEY; i++) {
      bigEndian[i] = raw[KEY - 1 - i];
    }
    // The curve ignores the highest bit.
    bigEndian[0] &= 0x7f;
    return KeyFactory.getInstance("XDH")
        .generatePublic(
            new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian)));
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
