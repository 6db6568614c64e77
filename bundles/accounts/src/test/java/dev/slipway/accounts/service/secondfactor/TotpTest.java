package dev.slipway.accounts.service.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  /** The secret of RFC 6238's test vectors: {@code 12345678901234567890}. */
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void meetsTheVectorsOfTheStandard(long second, String code) {
    assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(second)))).isEqualTo(code);
  }

  @Test
  void toleratesOneStepOfDriftAndNoMore() {
    var now = Instant.ofEpochSecond(1_000_000_000);
    var step = Totp.step(now);
    for (var drift = -1; drift <= 1; drift++) {
      assertThat(Totp.match(SECRET, Totp.code(SECRET, step + drift), now)).hasValue(step + drift);
    }
    assertThat(Totp.match(SECRET, Totp.code(SECRET, step - 2), now)).isEmpty();
    assertThat(Totp.match(SECRET, Totp.code(SECRET, step + 2), now)).isEmpty();
    assertThat(Totp.match(SECRET, "", now)).isEmpty();
  }

  @Test
  void secretsHave160Bits() {
    assertThat(Totp.newSecret()).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.newSecret());
  }
}
