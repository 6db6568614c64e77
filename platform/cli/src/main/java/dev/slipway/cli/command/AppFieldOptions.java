package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an app is built and run. */
final class AppFieldOptions {
  @Option(names = "--port", paramLabel = "PORT", description = "that the app listens on")
  @Nullable Integer port;

  @Option(names = "--install-command", paramLabel = "COMMAND")
  @Nullable String installCommand;

  @Option(names = "--build-command", paramLabel = "COMMAND")
  @Nullable String buildCommand;

  @Option(names = "--start-command", paramLabel = "COMMAND")
  @Nullable String startCommand;

  @Option(names = "--health-check-path", paramLabel = "PATH")
  @Nullable String healthCheckPath;

  /** What was given, under the platform's names. */
  ObjectNode fields() {
    var fields = JsonNodeFactory.instance.objectNode();
    if (port != null) {
      fields.put("port", port);
    }
    put(fields, "install_command", installCommand);
    put(fields, "build_command", buildCommand);
    put(fields, "start_command", startCommand);
    put(fields, "health_check_path", healthCheckPath);
    return fields;
  }

  static void put(ObjectNode fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
