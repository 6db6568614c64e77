package dev.slipway.apps.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apps.ReleaseHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "./migrate",
        "  ./migrate up  ",
        "node scripts/migrate.js --to 'the latest'",
        "say \"it's\" '\"quoted\"'",
        "find . -name *.sql",
        "''./migrate"
      })
  void wordsAreTaken(String command) {
    assertThat(CommandRule.fault(command)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "./a && ./b",
        "./a; ./b",
        "./a | tee log",
        "./a > log",
        "./a < log",
        "./a $HOME",
        "./a `id`",
        "./a\n./b",
        "./a\0",
        "./a 'open",
        "./a \"open'",
        "'' ./a",
        "\"\"",
        " '' "
      })
  void whatAShellWouldTakeInAnotherWayIsNot(String command) {
    assertThat(CommandRule.fault(command)).isNotNull();
  }

  @Test
  void lengthIsBounded() {
    assertThat(CommandRule.fault("x".repeat(ReleaseHook.MAX_LENGTH))).isNull();
    assertThat(CommandRule.fault("x".repeat(ReleaseHook.MAX_LENGTH + 1))).isNotNull();
  }
}
