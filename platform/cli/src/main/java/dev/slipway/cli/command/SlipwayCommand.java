package dev.slipway.cli.command;

import dev.slipway.cli.config.Environment;
import dev.slipway.cli.output.Output;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(names = "--version", versionHelp = true, description = "show this program's version")
  boolean version;

  private SlipwayCommand() {}

  /** Executes one command line; gives the exit code. */
  public static int execute(Environment environment, String... arguments) {
    return execute(environment, List.of(), arguments);
  }

  /**
   * As above, with more commands below {@code script}.
   *
   * @param added each makes one of where to write to
   */
  public static int execute(
      Environment environment,
      List<Function<Supplier<Output>, Object>> added,
      String... arguments) {
    try {
      return commandLine(environment, added, arguments).execute(arguments);
    } finally {
      environment.terminal().out().flush();
    }
  }

  private static CommandLine commandLine(
      Environment environment,
      List<Function<Supplier<Output>, Object>> added,
      String... arguments) {
    var root = new SlipwayCommand();
    var invocation = new Invocation(environment, root.options);
    var line = new CommandLine(root);
    line.getCommandSpec().versionProvider(() -> new String[] {"slipway " + VersionCommand.own()});
    var commands = commands(invocation, added);
    var called = arguments.length == 0 ? null : commands.get(arguments[0]);
    // Reading the description of every command takes longer than most commands do.
    if (called == null || arguments[0].equals(CompletionCommand.NAME)) {
      commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    } else {
      line.addSubcommand(arguments[0], called.get());
    }
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

  /** All commands by name, in the order of the help. */
  private static Map<String, Supplier<CommandLine>> commands(
      Invocation invocation, List<Function<Supplier<Output>, Object>> added) {
    var commands = new LinkedHashMap<String, Supplier<CommandLine>>();
    commands.put("login", () -> new CommandLine(new LoginCommand(invocation)));
    commands.put("logout", () -> new CommandLine(new LogoutCommand(invocation)));
    commands.put("whoami", () -> new CommandLine(new WhoamiCommand(invocation)));
    commands.put("tenant", () -> new CommandLine(new TenantCommand(invocation)));
    commands.put("deploy", () -> new CommandLine(new DeployCommand(invocation)));
    commands.put(
        "app",
        () ->
            new CommandLine(new AppCommand(invocation))
                .addSubcommand(new AppFileCommands.Export(invocation))
                .addSubcommand(new AppFileCommands.Plan(invocation))
                .addSubcommand(new AppFileCommands.Apply(invocation))
                .addSubcommand(new ProcessCommands.Process(invocation))
                .addSubcommand(new ProcessCommands.Instances(invocation)));
    commands.put(
        "env",
        () ->
            new CommandLine(new EnvCommand(invocation))
                .addSubcommand(new EnvVersionCommand(invocation))
                .addSubcommand(new EnvRotationCommand(invocation))
                .addSubcommand(new EnvLeaseCommand(invocation)));
    commands.put("deployment", () -> new CommandLine(new DeploymentCommand(invocation)));
    commands.put("logs", () -> new CommandLine(new LogsCommand(invocation)));
    commands.put(
        "volume",
        () ->
            new CommandLine(new VolumeCommand(invocation))
                .addSubcommand(new KeptVolumeCommand(invocation)));
    commands.put("server", () -> new CommandLine(new ServerCommand(invocation)));
    commands.put(
        "plugin",
        () ->
            new CommandLine(new PluginCommand(invocation))
                .addSubcommand(new PluginKeyCommand(invocation))
                .addSubcommand(new PluginProjectCommands.New(invocation))
                .addSubcommand(new PluginProjectCommands.Dev(invocation)));
    commands.put(
        "script",
        () -> {
          var script = new CommandLine(new ScriptCommand(invocation));
          added.forEach(command -> script.addSubcommand(command.apply(invocation::output)));
          return script;
        });
    commands.put("operation", () -> new CommandLine(new OperationCommand(invocation)));
    commands.put(CompletionCommand.NAME, () -> new CommandLine(new CompletionCommand()));
    commands.put("version", () -> new CommandLine(new VersionCommand(invocation)));
    return commands;
  }
}
