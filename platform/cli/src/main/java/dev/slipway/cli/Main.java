package dev.slipway.cli;

import dev.slipway.cli.command.SlipwayCommand;
import dev.slipway.cli.config.Environment;

/** The program's entry. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // JGit's ignore rules bring SLF4J along; a client has no log, and looking for one takes time.
    System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(run(arguments, Environment.system()));
  }

  /** Executes one command line; gives the exit code. */
  static int run(String[] arguments, Environment environment) {
    return SlipwayCommand.execute(environment, arguments);
  }
}
