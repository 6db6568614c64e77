package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void comparesByNumbers() {
    assertThat(version("0.10.0")).isGreaterThan(version("0.9.9"));
    assertThat(version("1.0.0-SNAPSHOT")).isEqualByComparingTo(version("1.0.0"));
  }

  @Test
  void anythingElseIsNoVersion() {
    assertThat(Version.parse("")).isEmpty();
    assertThat(Version.parse("1.0")).isEmpty();
    assertThat(Version.parse("latest")).isEmpty();
  }

  @Test
  void ownVersionIsThatOfTheBuild() {
    assertThat(Version.own().toString()).matches("\\d+\\.\\d+\\.\\d+");
  }

  private static Version version(String text) {
    return Version.parse(text).orElseThrow();
  }
}
