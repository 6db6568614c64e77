package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvFileTextTest {
  @Test
  void linesBecomeVariables() throws ComposeFault {
    assertThat(
            EnvFileText.parse(
                "web.env", "# a comment\n\nA=1\nexport B = 'two words'\nC=\"$A\"\nD=\nE=a=b\n"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("A", "1", "B", "two words", "C", "$A", "D", "", "E", "a=b"));
  }

  @Test
  void otherLinesAreRefused() {
    assertThatThrownBy(() -> EnvFileText.parse("web.env", "A=1\nroot:x:0:0\n"))
        .isInstanceOf(ComposeFault.class)
        .hasMessageContaining("web.env line 2: is not NAME=VALUE")
        .hasMessageNotContaining("root");
  }
}
