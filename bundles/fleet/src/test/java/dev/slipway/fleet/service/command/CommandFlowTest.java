package dev.slipway.fleet.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.CommandStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandFlowTest {
  @ParameterizedTest
  @CsvSource({
    "completed,COMPLETED",
    "queued,COMPLETED",
    "cancelled,CANCELLED",
    "failed,FAILED",
    "'',FAILED",
    "COMPLETED,FAILED",
    "running,FAILED"
  })
  void anUnknownFinalWordIsAFailure(String word, CommandStatus status) {
    assertThat(CommandFlow.outcome(word)).isEqualTo(status);
  }
}
