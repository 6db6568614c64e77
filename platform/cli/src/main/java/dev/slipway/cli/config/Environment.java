package dev.slipway.cli.config;

import dev.slipway.cli.output.Terminal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The surroundings of one call of the program. */
public record Environment(Map<String, String> variables, Terminal terminal, Timeouts timeouts) {

  public static Environment system() {
    var variables = System.getenv();
    return new Environment(variables, Terminal.system(variables), Timeouts.STANDARD);
  }

  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** {@code $XDG_CONFIG_HOME/slipway}; a relative value is ignored, as the XDG rules ask. */
  public Path configDirectory() {
    return variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home().resolve(".config"))
        .resolve("slipway");
  }

  private Path home() {
    return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")));
  }
}
