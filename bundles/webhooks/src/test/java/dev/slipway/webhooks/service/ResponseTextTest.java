package dev.slipway.webhooks.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseTextTest {
  static String kept(String text) {
    return ResponseText.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void textStaysAsItIs() {
    assertThat(kept("Grüße ✓ 😀")).isEqualTo("Grüße ✓ 😀");
    assertThat(kept("")).isEmpty();
  }

  @Test
  void atMost4096BytesAreKeptAndNoCharacterIsHalved() {
    var long2 = kept("é".repeat(5000));
    assertThat(long2).isEqualTo("é".repeat(2048));
    var nul = kept("\0".repeat(5000)).getBytes(StandardCharsets.UTF_8);
    assertThat(nul.length).isEqualTo(4095);
    var garbage = new byte[5000];
    java.util.Arrays.fill(garbage, (byte) 0xff);
    assertThat(ResponseText.of(garbage).getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(4096);
  }
}
