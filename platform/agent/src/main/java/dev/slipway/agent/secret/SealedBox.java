package dev.slipway.agent.secret;

import dev.slipway.agent.os.AtomicFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens secrets that were sealed to the agent's X25519 key. A blob is the sender's ephemeral public
 * key (32 bytes), a nonce (12) and an AES-256-GCM text whose key is the bare shared secret, in
 * base64.
 */
public final class SealedBox {
  private static final int KEY = 32;
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final byte[] BASE_POINT = basePoint();

  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private SealedBox(byte[] scalar) throws GeneralSecurityException {
    privateKey =
        KeyFactory.getInstance("XDH")
            .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
    publicKey = agree(BASE_POINT);
  }

  /** Reads the key from the file, or makes one. */
  public static SealedBox of(Path keyFile) throws IOException {
    byte[] scalar;
    if (Files.exists(keyFile)) {
      scalar = Files.readAllBytes(keyFile);
    } else {
      scalar = new byte[KEY];
      new SecureRandom().nextBytes(scalar);
      AtomicFile.write(keyFile, scalar);
    }
    if (scalar.length != KEY) {
      throw new IOException("not a key of 32 bytes: " + keyFile);
    }
    return ofScalar(scalar);
  }

  static SealedBox ofScalar(byte[] scalar) {
    try {
      return new SealedBox(scalar);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no X25519", e);
    }
  }

  /** 32 bytes, little-endian as the curve's users write it. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** What a blob is refused for; says nothing of its content. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason, null, false, false);
    }
  }

  /** The text inside: trimmed, not empty, without control characters. */
  public String open(String base64) throws Refused {
    byte[] plain;
    try {
      var blob = Base64.getDecoder().decode(base64);
      if (blob.length < KEY + NONCE + TAG) {
        throw new Refused("the sealed value is too short");
      }
      plain = decrypt(blob);
    } catch (IllegalArgumentException e) {
      throw new Refused("the sealed value is not base64");
    } catch (GeneralSecurityException e) {
      throw new Refused("the sealed value was not sealed to this agent's key");
    }
    return text(plain);
  }

  private byte[] decrypt(byte[] blob) throws GeneralSecurityException {
    var shared = agree(Arrays.copyOf(blob, KEY));
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(shared, "AES"),
        new GCMParameterSpec(TAG * 8, blob, KEY, NONCE));
    return cipher.doFinal(blob, KEY + NONCE, blob.length - KEY - NONCE);
  }

  private static String text(byte[] plain) throws Refused {
    try {
      var text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString().strip();
      if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
        throw new Refused("the sealed value is empty or has control characters");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new Refused("the sealed value is not UTF-8");
    }
  }

  private byte[] agree(byte[] otherPublic) throws GeneralSecurityException {
    var agreement = KeyAgreement.getInstance("XDH");
    agreement.init(privateKey);
    agreement.doPhase(publicKeyOf(otherPublic), true);
    return agreement.generateSecret();
  }

  private static PublicKey publicKeyOf(byte[] raw) throws GeneralSecurityException {
    var bigEndian = new byte[KEY];
    for (int i = 0; i < KEY; i++) {
      bigEndian[i] = raw[KEY - 1 - i];
    }
    // The curve ignores the highest bit.
    bigEndian[0] &= 0x7f;
    return KeyFactory.getInstance("XDH")
        .generatePublic(
            new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian)));
  }

  private static byte[] basePoint() {
    var point = new byte[KEY];
    point[0] = 9;
    return point;
  }
}
