package dev.slipway.apps.service.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostnameRuleTest {
  static String fault(String hostname) {
    return HostnameRule.fault(HostnameRule.canonical(hostname));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"app.example.com", "EXAMPLE.com.", "a-b.c", "xn--bcher-kva.example", "1.example"})
  void acceptsNames(String hostname) {
    assertThat(fault(hostname)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "com",
        "a..com",
        "-a.com",
        "a-.com",
        "1.2.3.4",
        "1.2",
        "a.0x1",
        "*.a.com",
        "a_b.com",
        "a\n.com",
        "a.com:1",
        "::1",
        "a.com/",
        "a b.com",
        "a.com..",
        "\u0000.com"
      })
  void refusesAllElse(String hostname) {
    assertThat(fault(hostname)).isNotNull();
  }

  @Test
  void spellsForeignLettersAsDnsDoes() {
    assertThat(HostnameRule.canonical("Bücher.Example.")).isEqualTo("xn--bcher-kva.example");
  }

  @Test
  void refusesEndlessNames() {
    assertThat(fault("a.".repeat(1_000_000) + "com")).isNotNull();
    assertThat(fault("a".repeat(64) + ".com")).isNotNull();
  }

  @Test
  void liesWithinItsOwnSuffixOnly() {
    assertThat(HostnameRule.isWithin("a.apps.example.com", "apps.example.com")).isTrue();
    assertThat(HostnameRule.isWithin("apps.example.com", "apps.example.com")).isTrue();
    assertThat(HostnameRule.isWithin("myapps.example.com", "apps.example.com")).isFalse();
    assertThat(HostnameRule.isWithin("a.example.com", null)).isFalse();
  }
}
