package dev.slipway.deployments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.api.Ids;
import dev.slipway.api.security.Secrets;
import dev.slipway.fleet.Command;
import dev.slipway.fleet.CommandType;
import dev.slipway.fleet.service.command.CommandFlow;
import dev.slipway.fleet.service.health.HeartbeatIntake;
import dev.slipway.fleet.service.server.ServerPresence;
import dev.slipway.fleet.store.server.AgentReport;
import dev.slipway.fleet.store.server.Measures;
import dev.slipway.fleet.store.server.NodeStore.Held;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * An agent's part of the contract, played behind the fleet's own state machine: it claims commands
 * as a stream does and reports their ends, well or as it was told to.
 */
public final class TestAgent {
  /** Stands for the secret that its stream comes with. */
  static final String SECRET_HASH = "hash";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final UUID tenant;
  private final UUID server;
  private final CommandFlow flow;
  private final ServerPresence presence;
  private final HeartbeatIntake intake;
  private final Secrets secrets;
  private final Map<CommandType, Function<Seen, Reply>> script = new HashMap<>();
  private final List<Seen> seen = new ArrayList<>();
  private UUID stream = Ids.next();
  private boolean connected;

  /** A command as it arrived. */
  public record Seen(Command command, JsonNode payload) {
    public CommandType type() {
      return command.type();
    }

    public String text(String member) {
      return payload.path(member).asText();
    }
  }

  /** What the agent says at the end; a null word keeps it silent. */
  public record Reply(String word, String output) {
    public static Reply completed(String output) {
      return new Reply("completed", output);
    }

    public static Reply failed(String output) {
      return new Reply("failed", output);
    }

    public static Reply silence() {
      return new Reply("", "");
    }
  }

  TestAgent(
      UUID tenant,
      UUID server,
      CommandFlow flow,
      ServerPresence presence,
      HeartbeatIntake intake,
      Secrets secrets) {
    this.tenant = tenant;
    this.server = server;
    this.flow = flow;
    this.presence = presence;
    this.intake = intake;
    this.secrets = secrets;
  }

  public UUID server() {
    return server;
  }

  /** The stream is open, and as many heartbeats as it takes to be online after a silence. */
  public TestAgent connect() {
    stream = Ids.next();
    connected = true;
    heartbeat();
    presence.opened(tenant, server, SECRET_HASH, stream, Ids.next());
    heartbeat();
    return this;
  }

  private void heartbeat() {
    heartbeat(List.of(), List.of());
  }

  /** A heartbeat that tells of requests which a container answered. */
  public void passed(String container, long requests, long failed, double p95) {
    passed("/", container, requests, failed, p95);
  }

  /** A heartbeat that tells of requests of a path which a container answered. */
  public void passed(String path, String container, long requests, long failed, double p95) {
    var route = new HashMap<String, Object>();
    route.put("domain", "any.test");
    route.put("path", path);
    route.put("container_name", container);
    route.put("request_count", requests);
    route.put("status_5xx", failed);
    route.put("latency_p95_ms", p95);
    heartbeat(List.of(route), List.of());
  }

  /** A heartbeat that tells how a container is. */
  public void container(String name, int restarts) {
    container(name, "running", restarts, "");
  }

  /** A heartbeat that tells how a container is, and why it ended the last time. */
  public void container(String name, String status, int restarts, String reason) {
    var container = new HashMap<String, Object>();
    container.put("container_id", name);
    container.put("name", name);
    container.put("status", status);
    container.put("restart_count", restarts);
    container.put("exit_reason", reason);
    heartbeat(List.of(), List.of(container));
  }

  private void heartbeat(List<Map<String, Object>> routes, List<Map<String, Object>> containers) {
    intake.take(
        tenant,
        new AgentReport(
            server,
            Instant.now(),
            "test/1",
            true,
            "linux",
            "amd64",
            2,
            1024L,
            1024L,
            null,
            null,
            Map.of(),
            containers,
            0,
            null,
            false,
            null,
            List.of(),
            new Measures(routes, null, List.of(), List.of(), List.of())),
        List.of());
  }

  /** The stream breaks; what the agent was doing is not reported any more. */
  public void vanish() {
    connected = false;
    presence.closed(List.of(new Held(server, stream)));
  }

  /** How commands of a type end from now on. */
  public TestAgent on(CommandType type, Function<Seen, Reply> reply) {
    script.put(type, reply);
    return this;
  }

  public TestAgent on(CommandType type, Reply reply) {
    return on(type, command -> reply);
  }

  /** Ends commands of a type as a healthy server does. */
  public TestAgent heal(CommandType type) {
    script.remove(type);
    return this;
  }

  /** Takes what is pending, and answers; false where there was nothing. */
  public boolean work() {
    if (!connected) {
      return false;
    }
    var batch = flow.claim(tenant, server, stream, 100);
    for (var outgoing : batch) {
      var command = new Seen(outgoing.command(), parse(outgoing.payload()));
      seen.add(command);
      flow.acknowledged(tenant, server, command.command().id());
      var reply = script.getOrDefault(command.type(), TestAgent::healthy).apply(command);
      if (!reply.word().isEmpty()) {
        end(command, reply);
      }
    }
    return !batch.isEmpty();
  }

  /** Reports the end of a command that was left open; the wire masks what it hears. */
  public boolean end(Seen command, Reply reply) {
    return flow.finished(
        tenant, server, command.command().id(), reply.word(), secrets.mask(reply.output()));
  }

  private static Reply healthy(Seen command) {
    return switch (command.type()) {
      case APP_CLONE ->
          Reply.completed("/tmp/deploy-build-" + command.command().id().toString().substring(24));
      case APP_DETECT_FRAMEWORK -> Reply.completed("{\"name\":\"dockerfile\",\"port\":8080}");
      case APP_BUILD -> Reply.completed("Build complete: " + command.text("image_tag"));
      case APP_DEPLOY ->
          Reply.completed(
              command.payload().path("health_check_only").asBoolean() ? "healthy" : "c0ffee");
      case WAIT_FOR_HEALTHY ->
          Reply.completed("{\"healthy\":false,\"running\":false,\"message\":\"exited\"}");
      case ROUTE_ADD -> Reply.completed("route added: " + command.text("domain"));
      default -> Reply.completed("done");
    };
  }

  private static JsonNode parse(String payload) {
    try {
      return JSON.readTree(payload);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All that came, in order. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  public List<CommandType> types() {
    return seen.stream().map(Seen::type).toList();
  }

  public List<Seen> seen(CommandType type) {
    return seen.stream().filter(command -> command.type() == type).toList();
  }

  public Seen last(CommandType type) {
    return seen(type).getLast();
  }

  public void forget() {
    seen.clear();
  }
}
