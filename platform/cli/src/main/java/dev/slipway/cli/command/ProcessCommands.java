package dev.slipway.cli.command;

import dev.slipway.cli.api.Processes;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway app process …} and {@code slipway app instances}. */
final class ProcessCommands {
  private ProcessCommands() {}

  /** What an app runs beside what answers its requests. */
  @Command(
      name = "process",
      description = "Sets and shows what an app runs beside what answers its requests.")
  static final class Process {
    private final Invocation invocation;

    Process(Invocation invocation) {
      this.invocation = invocation;
    }

    private Processes processes() {
      return new Processes(invocation.client());
    }

    @Command(name = "list", description = "Shows an app's processes.")
    int list(@Parameters(paramLabel = "APP", description = "slug, name or id") String reference) {
      var found = processes().list(invocation.app(reference));
      invocation
          .output()
          .list(
              found,
              "processes",
              () -> {
                var table = new Table("NAME", "REPLICAS", "COMMAND");
                for (var process : found) {
                  table.row(
                      Shown.text(process, "name"),
                      Shown.text(process, "replicas"),
                      Shown.text(process, "command"));
                }
                return table;
              });
      return ExitCode.OK.number();
    }

    @Command(
        name = "set",
        description = "Adds a process, or changes it; it takes effect with the next deployment.")
    int set(
        @Parameters(paramLabel = "APP", index = "0", description = "slug, name or id")
            String reference,
        @Parameters(paramLabel = "NAME", index = "1", description = "such as worker") String name,
        @Option(
                names = "--command",
                paramLabel = "COMMAND",
                required = true,
                description = "what it runs, in the image of the app")
            String command,
        @Option(
                names = "--replicas",
                paramLabel = "N",
                description = "how many of it run (default: 1)")
            @Nullable Integer replicas) {
      var app = invocation.app(reference);
      var process = processes().set(app, name, command, replicas);
      invocation.output().done(process, "set process " + name + " of " + app.slug());
      return ExitCode.OK.number();
    }

    @Command(
        name = "remove",
        description = "Takes a process from an app; the next deployment does not run it any more.")
    int remove(
        @Parameters(paramLabel = "APP", index = "0", description = "slug, name or id")
            String reference,
        @Parameters(paramLabel = "NAME", index = "1") String name) {
      var app = invocation.app(reference);
      processes().remove(app, name);
      invocation.output().note("removed process " + name + " of " + app.slug());
      return ExitCode.OK.number();
    }
  }

  /** What runs. */
  @Command(name = "instances", description = "Shows what runs of an app, and how it is.")
  static final class Instances implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "APP", description = "slug, name or id")
    String reference = "";

    Instances(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() {
      var output = invocation.output();
      var found = new Processes(invocation.client()).instances(invocation.app(reference));
      output.list(
          found,
          "instances",
          () -> {
            var table = new Table("PROCESS", "STATE", "RESTARTS", "REASON", "CONTAINER");
            for (var instance : found) {
              table.row(
                  Shown.text(instance, "process"),
                  output.status(instance.path("state").asText()),
                  Shown.text(instance, "restarts"),
                  Shown.text(instance, "reason"),
                  Shown.text(instance, "container"));
            }
            return table;
          });
      return ExitCode.OK.number();
    }
  }
}
