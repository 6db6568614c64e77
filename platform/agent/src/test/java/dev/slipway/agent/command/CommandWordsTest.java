package dev.slipway.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {
  @Test
  void quotesJoinAndNothingExpands() throws Exception {
    assertThat(CommandWords.split("npm run  'a b' \"c'd\" e\"f g\"h ''"))
        .containsExactly("npm", "run", "a b", "c'd", "ef gh", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a; b", "a | b", "a && b", "a < b", "a > b", "$(a)", "`a`", "a\nb", "", " ", "'a"})
  void shellWordsAreRefused(String command) {
    assertThatThrownBy(() -> CommandWords.split(command)).isInstanceOf(CommandFailure.class);
  }
}
