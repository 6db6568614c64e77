package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.cli.config.Environment;
import dev.slipway.cli.config.Timeouts;
import dev.slipway.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one call of the program has left. */
record CliRun(int exit, String out, String err) {
  private static final Duration LONG = Duration.ofSeconds(30);

  JsonNode json() {
    return json(out);
  }

  List<String> lines() {
    return out.lines().toList();
  }

  JsonNode lastLine() {
    return json(lines().getLast());
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A user with a home of their own, whose commands run in this process. */
  static final class User {
    private final Map<String, String> variables = new HashMap<>();
    private String input = "";
    private Duration idle = LONG;

    User(Path configuration, String url) {
      variables.put("XDG_CONFIG_HOME", configuration.toString());
      variables.put("SLIPWAY_URL", url);
    }

    User with(String variable, String value) {
      variables.put(variable, value);
      return this;
    }

    /** What the next commands read from stdin. */
    User typing(String text) {
      input = text;
      return this;
    }

    /** Gives silent connections up at once. */
    User impatient() {
      idle = Duration.ofMillis(700);
      return this;
    }

    CliRun run(String... arguments) {
      var out = new ByteArrayOutputStream();
      var err = new ByteArrayOutputStream();
      var terminal =
          new Terminal(
              new ByteArrayInputStream(input.getBytes(UTF_8)),
              new PrintStream(out, true, UTF_8),
              new PrintStream(err, true, UTF_8),
              false,
              false);
      var timeouts = new Timeouts(LONG, LONG, idle, LONG);
      var exit = Main.run(arguments, new Environment(Map.copyOf(variables), terminal, timeouts));
      return new CliRun(exit, out.toString(UTF_8), err.toString(UTF_8));
    }
  }
}
