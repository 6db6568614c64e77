package dev.slipway.apps.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\tb", "a\u0000b", "a\u001bb", "a\u0085b", "a\u2029b"})
  void aNameIsOneLine(String text) {
    assertThat(Text.name(text, 63)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u2003"})
  void aNameSaysSomething(String text) {
    assertThat(Text.name(text, 63)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "日本語", "👩‍💻", "O'Neil; drop table", "<script>"})
  void aNameIsWhatPeopleWrite(String text) {
    assertThat(Text.name(text, 63)).isNull();
  }

  @Test
  void aBlockHasLinesButNoOtherControls() {
    assertThat(Text.block("cd web\n\tnpm ci\r\n", 100)).isNull();
    assertThat(Text.block("a\u0000", 100)).isNotNull();
    assertThat(Text.block("a\u001b[2J", 100)).isNotNull();
    assertThat(Text.block("a\udc00", 100)).isNotNull();
    assertThat(Text.block("a".repeat(101), 100)).isNotNull();
  }
}
