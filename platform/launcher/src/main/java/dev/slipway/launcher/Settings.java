package dev.slipway.launcher;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to run: option before variable before default.
 *
 * @param database absent for the platform's own PostgreSQL
 * @param masterKey absent for the key in the data folder
 */
record Settings(
    Path data,
    Listeners listeners,
    AgentMode agent,
    Optional<ExternalDatabase> database,
    Owner owner,
    Optional<Path> masterKey) {

  /** The addresses that the platform listens on. */
  record Listeners(Address http, Address grpc) {}

  static Settings resolve(RunOptions options, Variables variables)
      throws StartFailure, InterruptedException {
    var http = choose(options.http, variables, "SLIPWAY_HTTP", "127.0.0.1:8080");
    var grpc = choose(options.grpc, variables, "SLIPWAY_GRPC", "127.0.0.1:8081");
    var email = variables.get("SLIPWAY_ROOT_EMAIL").orElse("root@localhost");
    if (!email.matches("[^@\\s]+@[^@\\s]+")) {
      throw StartFailure.usage("SLIPWAY_ROOT_EMAIL: '" + email + "' is not an e-mail address");
    }
    return new Settings(
        data(choose(options.data, variables, "SLIPWAY_DATA", "data")),
        new Listeners(Address.parse("--http", http), Address.parse("--grpc", grpc)),
        agent(options, variables),
        ExternalDatabase.from(variables),
        new Owner(email, variables.secret("SLIPWAY_ROOT_PASSWORD")),
        masterKey(variables));
  }

  /** The same with ports that are free at this moment. */
  Settings claimAddresses() throws StartFailure {
    var claimed = new Listeners(listeners.http.claim("--http"), listeners.grpc.claim("--grpc"));
    return new Settings(data, claimed, agent, database, owner, masterKey);
  }

  private static String choose(
      @Nullable String option, Variables variables, String name, String otherwise) {
    return option != null ? option : variables.get(name).orElse(otherwise);
  }

  private static Path data(String text) throws StartFailure {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw StartFailure.usage("--data: '" + text + "' is not a path");
    }
  }

  private static AgentMode agent(RunOptions options, Variables variables)
      throws StartFailure, InterruptedException {
    var text = choose(options.agent, variables, "SLIPWAY_AGENT", "");
    if (!text.isEmpty()) {
      return AgentMode.parse("--agent", text);
    }
    var engine = ContainerEngine.answers(variables.get("DOCKER_HOST"));
    return engine ? AgentMode.DOCKER : AgentMode.PROCESS;
  }

  private static Optional<Path> masterKey(Variables variables) throws StartFailure {
    var file = variables.get("SLIPWAY_MASTER_KEY_FILE").map(Path::of).map(Path::toAbsolutePath);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw StartFailure.usage("SLIPWAY_MASTER_KEY_FILE: " + file.get() + " cannot be read");
    }
    return file;
  }
}
