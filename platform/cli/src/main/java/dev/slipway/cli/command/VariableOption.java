package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.api.Variables;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which variable is meant. */
final class VariableOption {
  @Parameters(paramLabel = "APP", index = "0")
  String app = "";

  @Parameters(paramLabel = "KEY", index = "1")
  String key = "";

  @Option(
      names = "--environment",
      paramLabel = "ENVIRONMENT",
      description = "as this environment has it: its own, else what it inherits")
  @Nullable String environment;

  /** The variable's id. */
  String id(Invocation invocation) {
    var found = invocation.app(app);
    JsonNode place =
        environment == null ? null : invocation.environments().require(found, environment);
    return new Variables(invocation.client()).require(found, place, key);
  }
}
