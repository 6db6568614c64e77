package dev.slipway.scripttest;

import dev.slipway.cli.command.SlipwayCommand;
import dev.slipway.cli.config.Environment;
import java.util.List;

/** The client with one command more. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // What a worker could not be held in is news for operators, not for authors.
    System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(run(arguments, Environment.system()));
  }

  /** Executes one command line; gives the exit code. */
  static int run(String[] arguments, Environment environment) {
    return SlipwayCommand.execute(environment, List.of(TestCommand::new), arguments);
  }
}
