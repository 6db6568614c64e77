package dev.slipway.accounts.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {
  static String agent(String said) {
    return new Origin("192.0.2.1", said).userAgent();
  }

  @Test
  void keepsALineThatTellsOneClientFromAnother() {
    assertThat(agent("  Firefox/140.0 (X11)  ")).isEqualTo("Firefox/140.0 (X11)");
    assertThat(agent("a\r\nb\0c\u0085d\u202ee\u2028f\u001b[31m")).isEqualTo("a b c d e f [31m");
    assertThat(agent("\ud800x")).isEqualTo("x");
    assertThat(agent("x".repeat(5000))).hasSize(300);
    assertThat(agent("\t")).isEmpty();
  }
}
