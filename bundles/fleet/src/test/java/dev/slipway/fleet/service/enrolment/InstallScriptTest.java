package dev.slipway.fleet.service.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InstallScriptTest {
  @Test
  void textBecomesOneShellWord() {
    assertThat(InstallScript.quoted("plain")).isEqualTo("'plain'");
    assertThat(InstallScript.quoted("it's; $(rm) `x`")).isEqualTo("'it'\\''s; $(rm) `x`'");
  }
}
