package dev.slipway.accounts.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

  @Test
  void isWithoutSpaceAround() {
    assertThat(DisplayName.parse("  Ann Smith ")).contains("Ann Smith");
  }

  @ParameterizedTest
  @ValueSource(strings = {"李雷", "Zoë 👩‍🚀", "O'Neil <b>", "נועה"})
  void takesAnyScript(String name) {
    assertThat(DisplayName.parse(name)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "a\0b",
        "a\nb",
        "a\u007Fb",
        "a\u2028b",
        "a\u202Eb",
        "a\u2066b",
        "a\uD800b"
      })
  void refusesControlCharactersAndNothingAtAll(String name) {
    assertThat(DisplayName.parse(name)).isEmpty();
  }

  @Test
  void hasUpToTwoHundredCharacters() {
    assertThat(DisplayName.parse("😀".repeat(200))).isPresent();
    assertThat(DisplayName.parse("x".repeat(201))).isEmpty();
  }
}
