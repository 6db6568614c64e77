package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.api.Operations;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Output;
import dev.slipway.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code slipway operation …}. */
@Command(name = "operation", description = "Shows long-running work.")
final class OperationCommand {
  private final Invocation invocation;

  OperationCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "show", description = "Shows one operation with its steps.")
  int show(@Parameters(paramLabel = "ID") String id, @Mixin WaitOptions wait) {
    var operations = new Operations(invocation.client());
    var end = new OperationEnd(invocation);
    var operation = wait.enabled ? end.await(id, wait.limit()) : operations.get(id);
    var steps = operations.steps(id);
    var output = invocation.output();
    if (output.isJson()) {
      ObjectNode whole = operation.deepCopy();
      output.show(whole.set("steps", steps), Table::new);
    } else {
      output.show(operation, () -> Shown.members(operation));
      output.list(steps, "steps", () -> steps(output, steps));
    }
    var failed = wait.enabled && !Operations.hasSucceeded(operation);
    return (failed ? ExitCode.FAILED : ExitCode.OK).number();
  }

  private static Table steps(Output output, JsonNode steps) {
    var table = new Table("STEP", "NAME", "STATUS", "MS", "MESSAGE");
    for (var step : steps) {
      var error = Shown.text(step, "error");
      table.row(
          Shown.text(step, "number"),
          Shown.text(step, "name"),
          output.status(step.path("status").asText()),
          Shown.text(step, "duration_ms"),
          error.isEmpty() ? Shown.text(step, "message") : error);
    }
    return table;
  }
}
