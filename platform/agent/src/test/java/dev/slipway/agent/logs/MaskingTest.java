package dev.slipway.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskingTest {
  @Test
  void valuesAreHiddenInEveryForm() {
    var secret = "p@ss w0rd/+é";
    var masking = Masking.of(List.of(secret));
    var base64 = Base64.getEncoder().encodeToString(secret.getBytes());
    assertThat(masking.apply("it is " + secret + "!")).isEqualTo("it is [REDACTED]!");
    assertThat(masking.apply("it is " + base64)).doesNotContain(base64.substring(0, 8));
    assertThat(masking.apply("it is p%40ss+w0rd%2F%2B%C3%A9")).isEqualTo("it is [REDACTED]");
  }

  @Test
  void longestGoesFirstSoThatNoRestIsLeft() {
    assertThat(Masking.of(List.of("abcd", "abcdef")).apply("abcdef")).isEqualTo("[REDACTED]");
  }

  @Test
  void linesOfAKeyAreHiddenOneByOne() {
    var masking = Masking.of(List.of("-----BEGIN KEY-----\nMIIabcdefgh\n-----END KEY-----"));
    assertThat(masking.apply("MIIabcdefgh")).isEqualTo("[REDACTED]");
  }

  @Test
  void base64IsHiddenLineByLine() {
    var key = "-----BEGIN KEY-----\n" + "MIIabcdefgh/".repeat(20) + "\n-----END KEY-----";
    var masking = Masking.of(List.of(key));
    for (var length : List.of(64, 76)) {
      var encoder = Base64.getMimeEncoder(length, new byte[] {'\n'});
      var printed = encoder.encodeToString(key.getBytes(StandardCharsets.UTF_8));
      assertThat(printed.lines().map(masking::apply))
          .allMatch(line -> line.replace("[REDACTED]", "").replace("=", "").length() < 8);
    }
  }

  @Test
  void wordsThatAreNoSecretsStay() {
    var masking = Masking.of(List.of("true", "a", "", "production"));
    assertThat(masking.apply("true a production")).isEqualTo("true a production");
  }
}
