package dev.slipway.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code slipway completion}. */
@Command(
    name = CompletionCommand.NAME,
    description = "Prints a completion script for bash and zsh: source <(slipway completion)")
final class CompletionCommand implements Runnable {
  static final String NAME = "completion";

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    var line = spec.root().commandLine();
    line.getOut().print(AutoComplete.bash("slipway", line));
    line.getOut().flush();
  }
}
