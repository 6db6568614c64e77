package dev.slipway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CommandStatusTest {
  @Test
  void whatIsFinalStaysSo() {
    for (var status : CommandStatus.values()) {
      assertThat(status.next().isEmpty()).isEqualTo(status.isFinal());
    }
  }

  @Test
  void everyOpenStatusCanFailBeCancelledAndExpire() {
    Arrays.stream(CommandStatus.values())
        .filter(status -> !status.isFinal())
        .forEach(
            status ->
                assertThat(status.next())
                    .contains(
                        CommandStatus.FAILED, CommandStatus.CANCELLED, CommandStatus.EXPIRED));
  }

  @Test
  void nothingCompletesUnsent() {
    assertThat(CommandStatus.PENDING.mayBecome(CommandStatus.COMPLETED)).isFalse();
    assertThat(CommandStatus.PENDING.mayBecome(CommandStatus.RUNNING)).isFalse();
    assertThat(CommandStatus.RUNNING.mayBecome(CommandStatus.DISPATCHED)).isFalse();
  }

  @Test
  void typesHaveTheNumbersOfTheContract() {
    var contract =
        Arrays.stream(dev.slipway.proto.agent.v1.CommandType.values())
            .filter(type -> type != dev.slipway.proto.agent.v1.CommandType.UNRECOGNIZED)
            .collect(
                Collectors.toMap(
                    type -> type.name().substring("COMMAND_TYPE_".length()),
                    dev.slipway.proto.agent.v1.CommandType::getNumber));
    for (var type : CommandType.values()) {
      assertThat(contract).containsEntry(type.name(), type.number());
    }
    // What no agent carries out is left out.
    contract.keySet().removeAll(Arrays.stream(CommandType.values()).map(Enum::name).toList());
    assertThat(contract.keySet())
        .containsExactlyInAnyOrder("UNSPECIFIED", "DEPLOY", "RESTART", "LOGS", "SQL_EXEC");
  }
}
