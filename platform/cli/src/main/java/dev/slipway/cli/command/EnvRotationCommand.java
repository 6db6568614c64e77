package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.api.Variables;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.Table;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway env rotation …}. */
@Command(name = "rotation", description = "Says when secrets get new values, and gives them one.")
final class EnvRotationCommand {
  private final Invocation invocation;

  EnvRotationCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  enum Generator {
    NONE,
    PASSWORD,
    UUID,
    HEX32
  }

  @Command(name = "list", description = "Shows the tenant's secrets that have a rule.")
  int list(
      @Option(names = "--due", description = "only those that need a new value now") boolean due,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "200") int limit) {
    var rotations = variables().rotations(due, limit);
    var output = invocation.output();
    output.list(
        rotations,
        "rules",
        () -> {
          var table = new Table("KEY", "OF", "STATUS", "DUE", "DAYS", "MADE BY", "REDEPLOY", "ID");
          for (var rotation : rotations) {
            table.row(
                Shown.text(rotation, "key"),
                Shown.text(rotation, "scope") + " " + Shown.text(rotation, "scope_id"),
                output.status(rotation.path("status").asText()),
                Shown.text(rotation, "due_at"),
                Shown.text(rotation, "interval_days"),
                Shown.text(rotation, "generate"),
                rotation.path("redeploy").asBoolean() ? "yes" : "no",
                Shown.text(rotation, "env_var_id"));
          }
          return table;
        });
    return ExitCode.OK.number();
  }

  @Command(name = "show", description = "Shows the rule of a secret.")
  int show(@Mixin VariableOption variable) {
    var rotation = variables().rotation(variable.id(invocation));
    invocation.output().show(rotation, () -> Shown.members(rotation));
    return ExitCode.OK.number();
  }

  @Command(name = "set", description = "Gives a secret a rule.")
  int set(
      @Mixin VariableOption variable,
      @Option(names = "--days", paramLabel = "N", description = "how long a value is good for")
          @Nullable Integer days,
      @Option(
              names = "--until",
              paramLabel = "TIME",
              description = "when the present value ends, such as 2030-01-31T00:00:00Z")
          @Nullable String until,
      @Option(
              names = "--generate",
              paramLabel = "WHAT",
              description =
                  "what makes a new value: password, uuid, hex32; none: somebody gives it")
          @Nullable Generator generate,
      @Option(names = "--redeploy", description = "deploy again what runs with the old value")
          boolean redeploy) {
    if (days == null && until == null) {
      throw CliException.usage("--days or --until is needed");
    }
    var rule = JsonNodeFactory.instance.objectNode().put("redeploy", redeploy);
    if (days != null) {
      rule.put("interval_days", days);
    }
    if (until != null) {
      rule.put("expires_at", until);
    }
    if (generate != null) {
      rule.put("generate", generate.name().toLowerCase(Locale.ROOT));
    }
    var set = variables().setRotation(variable.id(invocation), rule);
    invocation.output().done(set, variable.key + " is to get new values");
    return ExitCode.OK.number();
  }

  @Command(name = "unset", description = "Lets a secret stay as it is.")
  int unset(@Mixin VariableOption variable) {
    variables().dropRotation(variable.id(invocation));
    invocation.output().note(variable.key + " stays as it is");
    return ExitCode.OK.number();
  }

  @Command(
      name = "run",
      description = {
        "Gives a secret a new value now, one that is made as its rule says.",
        "With --value-stdin the value is read from stdin."
      })
  int run(
      @Mixin VariableOption variable,
      @Option(names = "--value-stdin", description = "read the value from stdin")
          boolean fromStdin) {
    var id = variable.id(invocation);
    var wish = JsonNodeFactory.instance.objectNode();
    if (fromStdin) {
      wish.put("value", invocation.terminal().readAll());
    }
    invocation.output().done(variables().rotate(id, wish), variable.key + " has a new value");
    return ExitCode.OK.number();
  }

  private Variables variables() {
    return new Variables(invocation.client());
  }
}
