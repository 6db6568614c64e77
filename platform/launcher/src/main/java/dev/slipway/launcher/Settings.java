package dev.slipway.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to run: option before variable before default.
 *
 * @param plugins any or signed
 * @param database absent for the platform's own PostgreSQL
 * @param masterKey absent for the key in the data folder
 */
record Settings(
    Path data,
    Listeners listeners,
    AgentMode agent,
    String plugins,
    Optional<ExternalDatabase> database,
    Owner owner,
    Optional<Path> masterKey) {

  private static final String EDGE = "SLIPWAY_AGENT_EDGE";

  /**
   * The addresses that the platform listens on.
   *
   * @param edge where the local agent serves apps
   */
  record Listeners(Address http, Address grpc, Address edge) {}

  static Settings resolve(RunOptions options, Variables variables)
      throws StartFailure, InterruptedException {
    var http = choose(options.http, variables, "SLIPWAY_HTTP", "127.0.0.1:8080");
    var grpc = choose(options.grpc, variables, "SLIPWAY_GRPC", "127.0.0.1:8081");
    var edge = variables.get(EDGE).orElse("127.0.0.1:8000");
    var email = variables.get("SLIPWAY_ROOT_EMAIL").orElse("root@localhost");
    if (!email.matches("[^@\\s]+@[^@\\s]+")) {
      throw StartFailure.usage("SLIPWAY_ROOT_EMAIL: '" + email + "' is not an e-mail address");
    }
    return new Settings(
        data(choose(options.data, variables, "SLIPWAY_DATA", "data")),
        new Listeners(
            Address.parse("--http", http),
            Address.parse("--grpc", grpc),
            Address.parse(EDGE, edge)),
        agent(options, variables),
        plugins(options, variables),
        ExternalDatabase.from(variables),
        new Owner(email, variables.secret("SLIPWAY_ROOT_PASSWORD")),
        masterKey(variables));
  }

  /** The same with ports that are free at this moment. */
  Settings claimAddresses() throws StartFailure {
    var claimed =
        new Listeners(listeners.http.claim("--http"), listeners.grpc.claim("--grpc"), claimEdge());
    return new Settings(data, claimed, agent, plugins, database, owner, masterKey);
  }

  /** An agent that outlived a crash may hold the address; the platform is going to adopt it. */
  private Address claimEdge() throws StartFailure {
    return agent == AgentMode.OFF || agentRuns() ? listeners.edge : listeners.edge.claim(EDGE);
  }

  private boolean agentRuns() throws StartFailure {
    var note = data.resolve("agent").resolve("agent.pid");
    try {
      var pid = Files.exists(note) ? Files.readString(note).split(" ")[0] : "";
      return pid.matches("\\d{1,10}")
          && ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
    } catch (IOException e) {
      throw StartFailure.failed("cannot read " + note + ": " + e, e);
    }
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

  private static String plugins(RunOptions options, Variables variables) throws StartFailure {
    var mode = choose(options.plugins, variables, "SLIPWAY_PLUGINS", "any");
    if (!mode.equals("any") && !mode.equals("signed")) {
      throw StartFailure.usage("--plugins: '" + mode + "' is none of any, signed");
    }
    return mode;
  }

  private static Optional<Path> masterKey(Variables variables) throws StartFailure {
    var file = variables.get("SLIPWAY_MASTER_KEY_FILE").map(Path::of).map(Path::toAbsolutePath);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw StartFailure.usage("SLIPWAY_MASTER_KEY_FILE: " + file.get() + " cannot be read");
    }
    return file;
  }
}
