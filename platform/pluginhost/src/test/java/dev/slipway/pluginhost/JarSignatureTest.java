package dev.slipway.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JarSignatureTest {
  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);
  private static final Map<String, String> FILES = Map.of("a.class", ONE, "b/c d.txt", TWO);
  private static final byte[] SUMS =
      "%s  a.class\n%s  b/c d.txt\n".formatted(ONE, TWO).getBytes(StandardCharsets.UTF_8);

  private KeyPair pair;

  @BeforeEach
  void key() throws Exception {
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  private byte[] sign(byte[] sums) throws Exception {
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(sums);
    return lines(signature.sign());
  }

  private byte[] lines(byte[] signature) {
    var base64 = Base64.getEncoder();
    return "key %s\nsignature %s\n"
        .formatted(
            base64.encodeToString(pair.getPublic().getEncoded()), base64.encodeToString(signature))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(
      Map<String, String> files, byte[] sums, byte[] signature, String reason) {
    assertThatThrownBy(() -> JarSignature.signer(files, sums, signature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void signerIsTheKeysId() throws Exception {
    assertThat(JarSignature.signer(FILES, SUMS, sign(SUMS)))
        .isEqualTo(JarSignature.id(pair.getPublic()));
  }

  @Test
  void unsignedHasNoSigner() {
    assertThat(JarSignature.signer(FILES, null, null)).isNull();
  }

  @Test
  void everyChangeShows() throws Exception {
    var signature = sign(SUMS);
    assertRefused(Map.of("a.class", TWO, "b/c d.txt", TWO), SUMS, signature, "a.class was changed");
    assertRefused(Map.of("a.class", ONE), SUMS, signature, "b/c d.txt was removed");
    var more = Map.of("a.class", ONE, "b/c d.txt", TWO, "d", ONE);
    assertRefused(more, SUMS, signature, "d was added");
    var forged =
        new String(SUMS, StandardCharsets.UTF_8).replace('1', '3').getBytes(StandardCharsets.UTF_8);
    assertRefused(FILES, forged, signature, "not that of its list");
  }

  @Test
  void halfASignatureIsNone() throws Exception {
    assertRefused(FILES, SUMS, null, "missing");
    assertRefused(FILES, null, sign(SUMS), "missing");
  }

  @Test
  void nonsenseIsRefused() throws Exception {
    assertRefused(FILES, SUMS, "key".getBytes(StandardCharsets.UTF_8), "malformed");
    assertRefused(FILES, SUMS, lines(new byte[] {1, 2, 3}), "malformed");
    assertRefused(FILES, SUMS, lines(new byte[64]), "");
    var odd = "no sums\n".getBytes(StandardCharsets.UTF_8);
    assertRefused(FILES, odd, sign(odd), "malformed");
    assertThatThrownBy(() -> JarSignature.key("AAAA")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JarSignature.key("§")).isInstanceOf(IllegalArgumentException.class);
  }
}
