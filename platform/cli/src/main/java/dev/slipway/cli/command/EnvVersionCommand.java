package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.api.Variables;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway env version …}. */
@Command(name = "version", description = "Shows what a variable was, and brings it back.")
final class EnvVersionCommand {
  private static final List<String> MEMBERS =
      List.of("value", "is_secret", "stage_bindings", "phases");

  private final Invocation invocation;

  EnvVersionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(name = "list", description = "Shows the versions of a variable; secrets stay masked.")
  int list(@Mixin VariableOption variable) {
    var versions = variables().versions(variable.id(invocation));
    invocation
        .output()
        .list(
            versions,
            "versions",
            () -> {
              var table = new Table("VERSION", "VALUE", "HOW", "BY", "AT", "REVOKED");
              for (var version : versions) {
                table.row(
                    Shown.text(version, "version"),
                    value(version),
                    how(version),
                    Shown.text(version, "made_by_name"),
                    Shown.text(version, "created_at"),
                    Shown.text(version, "revoked_at"));
              }
              return table;
            });
    return ExitCode.OK.number();
  }

  @Command(
      name = "diff",
      description = {
        "Shows in what two versions of a variable differ, and who made the later one when.",
        "That the values of a secret differ can not be seen."
      })
  int diff(
      @Mixin VariableOption variable,
      @Parameters(paramLabel = "FROM", index = "2", description = "number of a version") int from,
      @Parameters(
              paramLabel = "TO",
              index = "3",
              arity = "0..1",
              description = "default: the present one")
          @Nullable Integer to) {
    var versions = variables().versions(variable.id(invocation));
    var before = numbered(versions, from);
    var after = to == null ? versions.path(0) : numbered(versions, to);
    var difference = difference(before, after);
    var output = invocation.output();
    if (output.isJson()) {
      output.show(difference, Table::new);
      return ExitCode.OK.number();
    }
    var changes = difference.path("changes");
    if (changes.isEmpty()) {
      output.note("nothing that is shown differs");
    }
    changes
        .properties()
        .forEach(
            change -> {
              var sides = change.getValue();
              output.changed(
                  change.getKey() + ": " + sides.path("from") + " -> " + sides.path("to"));
            });
    output.note(
        "version %s: %s by %s at %s"
            .formatted(
                Shown.text(after, "version"),
                how(after),
                Shown.text(after, "made_by_name"),
                Shown.text(after, "created_at")));
    return ExitCode.OK.number();
  }

  private static ObjectNode difference(JsonNode before, JsonNode after) {
    var whole = JsonNodeFactory.instance.objectNode();
    for (var member : List.of("version", "origin", "made_by_name", "created_at")) {
      whole.set(member, after.path(member));
    }
    var changes = whole.putObject("changes");
    for (var member : MEMBERS) {
      if (!before.path(member).equals(after.path(member))) {
        var sides = changes.putObject(member);
        sides.set("from", before.path(member));
        sides.set("to", after.path(member));
      }
    }
    return whole;
  }

  @Command(
      name = "restore",
      description = "Makes a variable what it was; it takes effect with the next deployment.")
  int restore(
      @Mixin VariableOption variable,
      @Parameters(paramLabel = "VERSION", index = "2", description = "its number") int number,
      @Option(names = "--yes", description = "do not ask") boolean yes) {
    var id = variable.id(invocation);
    var version = numbered(variables().versions(id), number);
    invocation.confirm(yes, "Make " + variable.key + " what it was in version " + number + "?");
    var restored = variables().restore(id, version.path("id").asText());
    invocation.output().done(restored, variable.key + " is what it was in version " + number);
    return ExitCode.OK.number();
  }

  private Variables variables() {
    return new Variables(invocation.client());
  }

  private static JsonNode numbered(JsonNode versions, int number) {
    for (var version : versions) {
      if (version.path("version").asInt() == number) {
        return version;
      }
    }
    throw new CliException(ExitCode.NOT_FOUND, "there is no version " + number + " any more");
  }

  private static String value(JsonNode version) {
    return version.path("is_secret").asBoolean()
        ? Shown.text(version, "masked_value")
        : Shown.text(version, "value");
  }

  private static String how(JsonNode version) {
    var from = Shown.text(version, "restored_from");
    var origin = Shown.text(version, "origin");
    return from.isEmpty() ? origin : origin + " from " + from;
  }
}
