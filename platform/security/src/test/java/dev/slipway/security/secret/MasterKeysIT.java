package dev.slipway.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysIT {
  private static final String ONE = key(1);
  private static final String TWO = key(2);

  @TempDir Path dir;

  @Test
  void theFirstLineIsTheNewest() throws Exception {
    var keys = keys("# rotated in May\n\n 2026-05:" + TWO + " \r\nold:" + ONE + "\n");
    assertThat(keys.newest().id()).isEqualTo("2026-05");
    assertThat(keys.find("old")).isPresent();
    assertThat(keys.find("other")).isEmpty();
  }

  @Test
  void aLoneKeyIsKnownByItsFingerprintEvenAfterItGotAnId() throws Exception {
    var id = keys(ONE).newest().id();
    assertThat(id).matches("[0-9a-f]{16}");
    assertThat(keys("new:" + TWO + "\nold:" + ONE).find(id)).isPresent();
    assertThat(keys(TWO).newest().id()).isNotEqualTo(id);
  }

  @Test
  void acceptsTheUrlAlphabet() throws Exception {
    var id = keys("ab:" + key(0xff)).newest().fingerprint();
    assertThat(keys("ab:" + key(0xff).replace('/', '_').replace('+', '-')).newest().fingerprint())
        .isEqualTo(id);
  }

  @Test
  void aBrokenFileIsNotTakenOver() throws Exception {
    var keys = keys("one:" + ONE);
    Files.writeString(dir.resolve("keys"), "one:" + ONE.substring(4));
    assertThatThrownBy(keys::reread).isInstanceOf(IllegalStateException.class);
    assertThat(keys.newest().id()).isEqualTo("one");
    Files.writeString(dir.resolve("keys"), "two:" + TWO + "\none:" + ONE);
    keys.reread();
    assertThat(keys.newest().id()).isEqualTo("two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n# only a remark\n", "AAAA", "id:AAAA", "!!!", "a b:", ":", "id:%%%"})
  void refusesAFileWithoutProperKeys(String text) {
    assertThatThrownBy(() -> keys(text))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("master key file");
  }

  @Test
  void refusesTheSameIdTwiceAndNeverQuotesAKey() {
    assertThatThrownBy(() -> keys("a:" + ONE + "\na:" + TWO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> keys("a:" + ONE + "\nb:" + TWO.replace('=', '!')))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining(TWO.substring(0, 20))
        .hasNoCause();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> new MasterKeys(dir.resolve("none")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none");
  }

  private MasterKeys keys(String text) throws IOException {
    return new MasterKeys(Files.writeString(dir.resolve("keys"), text));
  }

  private static String key(int fill) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
