package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.api.Scripts;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway script …}. */
@Command(name = "script", description = "Saves, runs and shows the tenant's scripts.")
final class ScriptCommand {
  /** The whole text is one value, or it is no JSON. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Invocation invocation;

  ScriptCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "hooks", description = "Shows where scripts can be attached, and what to call.")
  int hooks() {
    var known = scripts().hooks();
    invocation
        .output()
        .show(
            known,
            () -> {
              var table = new Table("KIND", "NAME", "SUMMARY");
              known.path("hooks").forEach(it -> described(table, "hook", it));
              known.path("apis").forEach(it -> described(table, "function", it));
              return table;
            });
    return ExitCode.OK.number();
  }

  private static void described(Table table, String kind, JsonNode each) {
    table.row(kind, Shown.text(each, "name"), Shown.text(each, "summary"));
  }

  @Command(name = "types", description = "Writes slipway.d.ts, the types of hooks and functions.")
  int types(@Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file) {
    var types = scripts().types();
    if (file == null) {
      invocation.terminal().out().print(types);
      return ExitCode.OK.number();
    }
    try {
      Files.writeString(file, types);
    } catch (IOException failure) {
      throw new CliException(ExitCode.FAILED, "cannot write " + file, failure);
    }
    var json = JsonNodeFactory.instance.objectNode().put("file", file.toString());
    invocation.output().done(json, "wrote " + file);
    return ExitCode.OK.number();
  }

  @Command(name = "list", description = "Shows the tenant's scripts.")
  int list(@Option(names = "--hook", paramLabel = "HOOK") @Nullable String hook) {
    var scripts = scripts().list(hook);
    var output = invocation.output();
    output.list(
        scripts,
        "scripts",
        () -> {
          var table = new Table("NAME", "HOOK", "VERSION", "ENABLED", "LAST RUN", "ID");
          for (var script : scripts) {
            table.row(
                Shown.text(script, "name"),
                Shown.text(script, "hook"),
                Shown.text(script, "version"),
                Shown.text(script, "enabled"),
                output.status(script.path("last_execution").path("status").asText("")),
                Shown.text(script, "id"));
          }
          return table;
        });
    return ExitCode.OK.number();
  }

  @Command(name = "show", description = "Shows a script.")
  int show(@Parameters(paramLabel = "SCRIPT", description = "id or name") String reference) {
    var script = scripts().require(reference);
    invocation.output().show(script, () -> Shown.members(script));
    return ExitCode.OK.number();
  }

  @Command(name = "create", description = "Saves a script as version 1.")
  int create(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--hook", paramLabel = "HOOK", required = true) String hook,
      @Option(names = "--filter", paramLabel = "JSON", description = "which events it gets")
          @Nullable String filter,
      @Option(names = "--timeout", paramLabel = "MS") @Nullable Integer timeout,
      @Option(names = "--disabled", description = "do not let it run yet") boolean disabled) {
    var fields = JsonNodeFactory.instance.objectNode();
    fields.put("name", name).put("hook", hook).put("source", text(file));
    fields.put("enabled", !disabled);
    optional(fields, filter, timeout);
    return saved(scripts().create(fields));
  }

  @Command(name = "update", description = "Changes a script; another source becomes a new version.")
  int update(
      @Parameters(paramLabel = "SCRIPT", description = "id or name") String reference,
      @Parameters(paramLabel = "FILE", arity = "0..1") @Nullable Path file,
      @Option(names = "--filter", paramLabel = "JSON") @Nullable String filter,
      @Option(names = "--timeout", paramLabel = "MS") @Nullable Integer timeout,
      @Option(names = "--enabled", paramLabel = "BOOL", arity = "1") @Nullable Boolean enabled) {
    var fields = JsonNodeFactory.instance.objectNode();
    if (file != null) {
      fields.put("source", text(file));
    }
    if (enabled != null) {
      fields.put("enabled", enabled);
    }
    optional(fields, filter, timeout);
    return saved(scripts().update(id(reference), fields));
  }

  private static void optional(
      ObjectNode fields, @Nullable String filter, @Nullable Integer timeout) {
    if (filter != null) {
      fields.set("filter", json("--filter", filter));
    }
    if (timeout != null) {
      fields.put("timeout_ms", timeout);
    }
  }

  private int saved(JsonNode script) {
    var sentence = "saved %s, version %s";
    invocation
        .output()
        .done(
            script, sentence.formatted(Shown.text(script, "name"), Shown.text(script, "version")));
    return ExitCode.OK.number();
  }

  @Command(name = "delete", description = "Removes a script with its versions and executions.")
  int delete(
      @Parameters(paramLabel = "SCRIPT", description = "id or name") String reference,
      @Option(names = "--yes", description = "do not ask") boolean yes) {
    var script = scripts().require(reference);
    var name = Shown.text(script, "name");
    invocation.confirm(yes, "Delete the script " + name + "?");
    scripts().delete(script.path("id").asText());
    invocation.output().done(script, "deleted " + name);
    return ExitCode.OK.number();
  }

  @Command(name = "versions", description = "Shows a script's versions, newest first.")
  int versions(@Parameters(paramLabel = "SCRIPT", description = "id or name") String reference) {
    var versions = scripts().versions(id(reference));
    invocation
        .output()
        .list(
            versions,
            "versions",
            () -> {
              var table = new Table("VERSION", "SAVED", "ACTIVE");
              for (var version : versions) {
                table.row(
                    Shown.text(version, "version"),
                    Shown.text(version, "created_at"),
                    version.path("active").asBoolean() ? "*" : "");
              }
              return table;
            });
    return ExitCode.OK.number();
  }

  @Command(name = "activate", description = "Makes an earlier version the one that runs.")
  int activate(
      @Parameters(paramLabel = "SCRIPT", description = "id or name") String reference,
      @Parameters(paramLabel = "VERSION") int version) {
    return saved(scripts().activate(id(reference), version));
  }

  @Command(name = "run", description = "Runs a script once; without effects unless asked for.")
  int run(
      @Parameters(paramLabel = "SCRIPT", description = "id or name") String reference,
      @Option(
              names = "--event",
              paramLabel = "FILE",
              description = "JSON of the event (the hook's sample)")
          @Nullable Path event,
      @Option(
              names = "--recorded",
              paramLabel = "EXECUTION",
              description = "the event of an earlier execution")
          @Nullable String recorded,
      @Option(names = "--effects", description = "make the effects") boolean effects) {
    var wish = JsonNodeFactory.instance.objectNode().put("dry_run", !effects);
    if (event != null) {
      wish.set("event", json(event.toString(), text(event)));
    } else if (recorded != null) {
      wish.set("event", recorded(recorded));
    }
    var execution = scripts().run(id(reference), wish);
    invocation.output().show(execution, () -> Shown.members(execution));
    return succeeded(execution) ? ExitCode.OK.number() : ExitCode.FAILED.number();
  }

  private JsonNode recorded(String execution) {
    var event = scripts().execution(execution).path("event");
    if (!event.isObject()) {
      throw CliException.failed("the event of execution " + execution + " was not kept");
    }
    return event;
  }

  private static boolean succeeded(JsonNode execution) {
    return execution.path("status").asText().equals("succeeded");
  }

  @Command(name = "executions", description = "Shows what a script has done, newest first.")
  int executions(
      @Parameters(paramLabel = "SCRIPT", description = "id or name") String reference,
      @Option(names = "--status", paramLabel = "STATUS") @Nullable String status,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "50") int limit) {
    var executions = scripts().executions(id(reference), status, limit);
    var output = invocation.output();
    output.list(
        executions,
        "executions",
        () -> {
          var table = new Table("STARTED", "STATUS", "TRIGGER", "CPU MS", "MS", "ERROR", "ID");
          for (var execution : executions) {
            table.row(
                Shown.text(execution, "started_at"),
                output.status(execution.path("status").asText()),
                Shown.text(execution.path("trigger"), "type"),
                Shown.text(execution, "cpu_ms"),
                Shown.text(execution, "wall_ms"),
                Shown.text(execution.path("error"), "message"),
                Shown.text(execution, "id"));
          }
          return table;
        });
    return ExitCode.OK.number();
  }

  @Command(name = "execution", description = "Shows one execution with its log and effects.")
  int execution(@Parameters(paramLabel = "ID") String id) {
    var execution = scripts().execution(id);
    invocation.output().show(execution, () -> Shown.members(execution));
    return ExitCode.OK.number();
  }

  private Scripts scripts() {
    return new Scripts(invocation.client());
  }

  private String id(String reference) {
    return scripts().require(reference).path("id").asText();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new CliException(ExitCode.USAGE, "cannot read " + file, failure);
    }
  }

  private static JsonNode json(String where, String text) {
    try {
      var json = JSON.readTree(text);
      if (json.isMissingNode()) {
        throw new CliException(ExitCode.USAGE, where + " is empty");
      }
      return json;
    } catch (IOException broken) {
      throw new CliException(ExitCode.USAGE, where + " is not JSON", broken);
    }
  }
}
