package dev.slipway.fleet.service.enrolment;

import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;

class InstallScriptTest {
  @Test
  void textBecomesOneShellWord() {
    assertThat(InstallScript.quoted("plain")).isEqualTo("'plain'");
    assertThat(InstallScript.quoted("it's; $(rm) `x`")).isEqualTo("'it'\\''s; $(rm) `x`'");
  }
}
