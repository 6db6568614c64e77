package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway app export}, {@code plan} and {@code apply}: apps as YAML files. */
final class AppFileCommands {
  private static final String REGISTRIES = "registries.";

  private AppFileCommands() {}

  /** Writes a file. */
  @Command(name = "export", description = "Writes an app as a YAML file, secrets by name only.")
  static final class Export implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "APP", description = "slug, name or id")
    String reference = "";

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "where to (default: stdout)")
    @Nullable Path file;

    Export(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() {
      var app = invocation.app(reference);
      var text = invocation.apps().export(app);
      if (file == null) {
        invocation.output().text(text);
        return ExitCode.OK.number();
      }
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new CliException(ExitCode.FAILED, "cannot write " + file + ": " + e, e);
      }
      var json = JsonNodeFactory.instance.objectNode().put("file", file.toString());
      invocation.output().done(json, "wrote " + app.slug() + " to " + file);
      return ExitCode.OK.number();
    }
  }

  /** Shows what a file would do. */
  @Command(name = "plan", description = "Shows what a file would change; changes nothing.")
  static final class Plan implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "FILE")
    Path file = Path.of("");

    @Option(
        names = "--detailed-exitcode",
        description = "end with 2 where something would change, with 0 where nothing would")
    boolean detailed;

    Plan(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() {
      var plan = planned(invocation, file);
      if (invocation.output().isJson()) {
        invocation.output().jsonLine(plan);
      } else {
        show(invocation.output(), plan);
      }
      if (!plan.path("conflicts").isEmpty()) {
        return ExitCode.FAILED.number();
      }
      var changes = detailed && !plan.path("changes").isEmpty();
      return (changes ? ExitCode.USAGE : ExitCode.OK).number();
    }
  }

  /** Does what a file says. */
  @Command(
      name = "apply",
      description = {
        "Shows what a file would change, asks, and changes it: all or nothing.",
        "Where the app has changed since it was shown, nothing is done."
      })
  static final class Apply implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "FILE")
    Path file = Path.of("");

    @Option(names = "--yes", description = "do not ask")
    boolean yes;

    Apply(Invocation invocation) {
      this.invocation = invocation;
    }

    @Override
    public Integer call() {
      var output = invocation.output();
      var plan = planned(invocation, file);
      if (!output.isJson()) {
        show(output, plan);
      }
      if (!plan.path("conflicts").isEmpty()) {
        throw CliException.failed("nothing was changed: something stands in the way");
      }
      var app = plan.path("app").asText();
      if (!plan.path("changes").isEmpty()) {
        invocation.confirm(yes, "Apply these changes to " + app + "?");
      }
      var done = invocation.apps().apply(file, plan.path("fingerprint").asText());
      var count = done.path("changes").size();
      output.done(done, count == 0 ? app + " is as the file says" : "applied to " + app);
      return ExitCode.OK.number();
    }
  }

  private static JsonNode planned(Invocation invocation, Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw CliException.usage("cannot read " + file);
    }
    return invocation.apps().plan(file);
  }

  private static void show(Output output, JsonNode plan) {
    if (plan.path("changes").isEmpty()) {
      output.note("nothing changes");
    }
    plan.path("changes").forEach(change -> show(output, change.path("action").asText(), change));
    plan.path("values_needed").forEach(path -> output.warn(needed(path.asText())));
    plan.path("conflicts")
        .forEach(
            conflict ->
                output.error(
                    conflict.path("path").asText() + ": " + conflict.path("message").asText(),
                    List.of()));
  }

  private static String needed(String path) {
    return path.startsWith(REGISTRIES)
        ? "credentials of the registry " + path.substring(REGISTRIES.length()) + " are missing"
        : path + " is a secret without a value yet";
  }

  private static void show(Output output, String action, JsonNode change) {
    var path = change.path("path").asText() + ": ";
    var note = change.path("note").asText("");
    var end = note.isEmpty() ? "" : " (" + note + ")";
    switch (action) {
      case "add" -> output.added(path + change.path("to") + end);
      case "remove" -> output.removed(path + change.path("from") + end);
      default -> output.changed(path + change.path("from") + " -> " + change.path("to") + end);
    }
  }
}
