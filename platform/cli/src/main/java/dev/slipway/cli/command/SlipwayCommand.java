package dev.slipway.cli.command;

import dev.slipway.cli.config.Environment;
import dev.slipway.cli.output.Output;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;

/** The program's root: its options and all commands. */
@Command(
    name = "slipway",
    description = "Deploys and runs apps on a Slipway platform.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The platform itself is started by slipway run.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not signed in or not allowed,",
      "4 not found, 5 platform unreachable."
    })
public final class SlipwayCommand {
  @Mixin GlobalOptions options = new GlobalOptions();

  private SlipwayCommand() {}

  /** The command line, ready to be executed once. */
  public static CommandLine commandLine(Environment environment) {
    return commandLine(environment, List.of());
  }

  /**
   * As above, with more commands below {@code script}.
   *
   * @param added each makes one of where to write to
   */
  public static CommandLine commandLine(
      Environment environment, List<Function<Supplier<Output>, Object>> added) {
    var root = new SlipwayCommand();
    var invocation = new Invocation(environment, root.options);
    // Before it gets a parent, from whom all below it inherit their options.
    var script = new CommandLine(new ScriptCommand(invocation));
    added.forEach(command -> script.addSubcommand(command.apply(invocation::output)));
    var line = new CommandLine(root);
    line.addSubcommand(new LoginCommand(invocation))
        .addSubcommand(new LogoutCommand(invocation))
        .addSubcommand(new WhoamiCommand(invocation))
        .addSubcommand(new TenantCommand(invocation))
        .addSubcommand(new DeployCommand(invocation))
        .addSubcommand(
            new CommandLine(new AppCommand(invocation))
                .addSubcommand(new AppFileCommands.Export(invocation))
                .addSubcommand(new AppFileCommands.Plan(invocation))
                .addSubcommand(new AppFileCommands.Apply(invocation))
                .addSubcommand(new ProcessCommands.Process(invocation))
                .addSubcommand(new ProcessCommands.Instances(invocation)))
        .addSubcommand(
            new CommandLine(new EnvCommand(invocation))
                .addSubcommand(new EnvVersionCommand(invocation))
                .addSubcommand(new EnvRotationCommand(invocation))
                .addSubcommand(new EnvLeaseCommand(invocation)))
        .addSubcommand(new DeploymentCommand(invocation))
        .addSubcommand(new LogsCommand(invocation))
        .addSubcommand(
            new CommandLine(new VolumeCommand(invocation))
                .addSubcommand(new KeptVolumeCommand(invocation)))
        .addSubcommand(new ServerCommand(invocation))
        .addSubcommand(
            new CommandLine(new PluginCommand(invocation))
                .addSubcommand(new PluginKeyCommand(invocation))
                .addSubcommand(new PluginProjectCommands.New(invocation))
                .addSubcommand(new PluginProjectCommands.Dev(invocation)))
        .addSubcommand(script)
        .addSubcommand(new OperationCommand(invocation))
        .addSubcommand(new CompletionCommand())
        .addSubcommand(new VersionCommand(invocation));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // A message or a value may well begin with an @.
    line.setExpandAtFiles(false);
    var ansi = environment.terminal().colour() ? Help.Ansi.ON : Help.Ansi.OFF;
    line.setColorScheme(Help.defaultColorScheme(ansi));
    line.setExecutionExceptionHandler(new Failures(invocation));
    line.setParameterExceptionHandler(Failures::wrongUsage);
    line.setOut(new PrintWriter(environment.terminal().out(), true));
    line.setErr(new PrintWriter(environment.terminal().err(), true));
    line.setExecutionStrategy(
        parsed -> {
          try (invocation) {
            return new CommandLine.RunLast().execute(parsed);
          }
        });
    return line;
  }
}
