package dev.slipway.cli.command;

import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.SafeText;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what ends a command early into a line on stderr and an exit code. */
final class Failures implements IExecutionExceptionHandler {
  private final Invocation invocation;

  Failures(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    if (invocation.environment().variable("SLIPWAY_DEBUG").isPresent()) {
      failure.printStackTrace(invocation.environment().terminal().err());
    }
    var output = invocation.output();
    if (failure instanceof CliException expected) {
      output.error(expected.text(), expected.details());
      return expected.exitCode().number();
    }
    output.error(
        "this is a fault of slipway itself: " + failure,
        List.of("set SLIPWAY_DEBUG=1 to see where it comes from"));
    return ExitCode.FAILED.number();
  }

  static int wrongUsage(ParameterException failure, String[] arguments) {
    var line = failure.getCommandLine();
    var err = line.getErr();
    err.println("error: " + SafeText.line(String.valueOf(failure.getMessage())));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("see " + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }
}
