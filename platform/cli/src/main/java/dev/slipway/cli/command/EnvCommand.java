package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.api.App;
import dev.slipway.cli.deploy.AppFile;
import dev.slipway.cli.output.CliException;
import dev.slipway.cli.output.ExitCode;
import dev.slipway.cli.output.SafeText;
import dev.slipway.cli.output.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway env …}. */
@Command(
    name = "env",
    description = "Sets and shows variables of apps, what they were, and who has secrets.")
final class EnvCommand {
  private final Invocation invocation;

  EnvCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Command(
      name = "set",
      description = {
        "Sets variables; they take effect with the next deployment.",
        "With --value-stdin the value of the one KEY is read from stdin, so that a secret shows"
            + " neither in the list of processes nor in the shell's history."
      })
  int set(
      @Parameters(paramLabel = "APP", index = "0") String reference,
      @Parameters(paramLabel = "KEY=VALUE", index = "1..*", arity = "1..*") List<String> pairs,
      @Option(names = "--secret", description = "never show the values again") boolean secret,
      @Option(names = "--value-stdin", description = "read the value from stdin") boolean fromStdin,
      @Option(
              names = "--stage",
              paramLabel = "STAGE",
              split = ",",
              description = "development, preview, staging, production (default: all)")
          @Nullable List<String> stages) {
    var wanted = fromStdin ? fromStdin(pairs) : parse(pairs);
    var app = invocation.app(reference);
    var known = known(app);
    var results = JsonNodeFactory.instance.arrayNode();
    wanted.forEach(
        (key, value) -> {
          var fields = JsonNodeFactory.instance.objectNode().put("value", value);
          if (secret) {
            fields.put("is_secret", true);
          }
          if (stages != null) {
            stages.forEach(fields.withArray("stage_bindings")::add);
          }
          results.add(store(app, known.get(key), key, fields));
        });
    invocation.output().done(results, "set " + String.join(", ", wanted.keySet()));
    return ExitCode.OK.number();
  }

  @Command(name = "list", description = "Shows an app's variables; secrets stay masked.")
  int list(@Parameters(paramLabel = "APP") String reference) {
    var variables = invocation.apps().variables(invocation.app(reference));
    invocation
        .output()
        .list(
            variables,
            "variables",
            () -> {
              var table = new Table("KEY", "VALUE", "SECRET", "STAGES");
              for (var variable : variables) {
                var value = Shown.text(variable, "value");
                table.row(
                    Shown.text(variable, "key"),
                    value.isEmpty() ? Shown.text(variable, "masked_value") : value,
                    variable.path("is_secret").asBoolean() ? "yes" : "no",
                    stages(variable.path("stage_bindings")));
              }
              return table;
            });
    return ExitCode.OK.number();
  }

  @Command(name = "unset", description = "Drops variables.")
  int unset(
      @Parameters(paramLabel = "APP", index = "0") String reference,
      @Parameters(paramLabel = "KEY", index = "1..*", arity = "1..*") List<String> keys) {
    var app = invocation.app(reference);
    var known = known(app);
    for (var key : keys) {
      if (!known.containsKey(key)) {
        throw new CliException(
            ExitCode.NOT_FOUND, "app " + app.slug() + " has no variable '" + key + "'");
      }
    }
    keys.forEach(key -> invocation.apps().dropVariable(app, known.get(key).path("id").asText()));
    invocation.output().note("dropped " + String.join(", ", keys));
    return ExitCode.OK.number();
  }

  private JsonNode store(App app, @Nullable JsonNode known, String key, ObjectNode fields) {
    if (known == null) {
      return invocation.apps().addVariable(app, fields.put("key", key));
    }
    return invocation.apps().changeVariable(app, known.path("id").asText(), fields);
  }

  private Map<String, JsonNode> known(App app) {
    var known = new HashMap<String, JsonNode>();
    invocation.apps().variables(app).forEach(one -> known.put(one.path("key").asText(), one));
    return known;
  }

  private Map<String, String> fromStdin(List<String> keys) {
    if (keys.size() != 1 || !AppFile.isVariableName(keys.getFirst())) {
      throw CliException.usage("--value-stdin takes one KEY without a value");
    }
    return Map.of(keys.getFirst(), invocation.terminal().readAll());
  }

  /** The messages name no value: it may be a secret. */
  static Map<String, String> parse(List<String> pairs) {
    var variables = new LinkedHashMap<String, String>();
    for (var pair : pairs) {
      var equals = pair.indexOf('=');
      if (equals < 1 || !AppFile.isVariableName(pair.substring(0, equals))) {
        throw CliException.usage("variables are written KEY=VALUE, KEY of letters, digits and _");
      }
      variables.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return variables;
  }

  private static String stages(JsonNode bindings) {
    var names = new ArrayList<String>();
    bindings.forEach(one -> names.add(SafeText.line(one.asText())));
    return names.isEmpty() ? "all" : String.join(",", names);
  }
}
