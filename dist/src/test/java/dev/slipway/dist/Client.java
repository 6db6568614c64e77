package dev.slipway.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.command.SlipwayCommand;
import dev.slipway.cli.config.Environment;
import dev.slipway.cli.config.Timeouts;
import dev.slipway.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Somebody at a terminal with the client. */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Map<String, String> environment;
  private final boolean program;

  private Client(Path folder, Map<String, String> environment, boolean program) {
    this.folder = folder;
    this.environment = environment;
    this.program = program;
  }

  /**
   * Commands are executed by this JVM, as the program's would: to start one for each would take
   * more time than all that the platform does for them.
   */
  Client(Node node) {
    this(
        node.folder(),
        Map.of(
            "SLIPWAY_URL",
            node.url(),
            "XDG_CONFIG_HOME",
            node.folder().resolve("config").toString()),
        false);
  }

  /** The same user, each of whose commands is a start of {@code bin/slipway}. */
  Client asProgram() {
    return new Client(folder, environment, true);
  }

  /** What a command printed. */
  record Result(int status, List<String> output, List<String> errors) {
    JsonNode json() throws IOException {
      return JSON.readTree(String.join("\n", output));
    }

    JsonNode lastLine() throws IOException {
      assertThat(output).as("%s", this).isNotEmpty();
      return JSON.readTree(output.getLast());
    }

    Result ok() {
      assertThat(status).as("%s", this).isZero();
      return this;
    }
  }

  void login(String email, String password) throws Exception {
    runWith(password + "\n", "login", "--email", email, "--password-stdin").ok();
  }

  Result run(String... words) throws Exception {
    return runWith("", words);
  }

  Result runWith(String input, String... words) throws Exception {
    if (!program) {
      return execute(input, words);
    }
    try (var program = Program.start(folder, environment, input, words)) {
      var status = program.await();
      return new Result(status, program.output(), program.errors());
    }
  }

  private Result execute(String input, String... words) {
    var output = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(output, true, UTF_8),
            new PrintStream(errors, true, UTF_8),
            false,
            false);
    var surroundings = new Environment(environment, terminal, Timeouts.STANDARD);
    var status = SlipwayCommand.execute(surroundings, words);
    return new Result(
        status, output.toString(UTF_8).lines().toList(), errors.toString(UTF_8).lines().toList());
  }

  /** A command that goes on until it is closed. */
  Program follow(String... words) throws IOException {
    return Program.start(folder, environment, "", words);
  }

  /** Deploys and waits for the end. */
  Result deploy(Path source, String... more) throws Exception {
    var words = new ArrayList<>(List.of("deploy", source.toString(), "--wait", "-o", "json"));
    words.addAll(Arrays.asList(more));
    return run(words.toArray(String[]::new));
  }

  /** The app's deployments, newest first. */
  JsonNode deployments(String app) throws Exception {
    return run("deployment", "list", app, "-o", "json").ok().json();
  }

  /** The credentials for requests without the client. */
  Map<String, String> headers() throws IOException {
    var stored = JSON.readTree(Files.readString(folder.resolve("config/slipway/credentials.json")));
    return Map.of(
        "Authorization",
        "Bearer " + stored.path("access_token").asText(),
        "X-Tenant-ID",
        stored.path("tenant").path("id").asText());
  }
}
