package dev.slipway.agent.command;

import dev.slipway.agent.host.HostMetrics;
import dev.slipway.agent.logs.AgentLog;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.proto.agent.v1.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Questions about the agent and its own restart. */
public final class AgentCommands {
  private static final int DEFAULT_LINES = 200;

  private final Self self;
  private final AppRuntime runtime;
  private final AgentLog log;
  private final Life life;
  private final Supplier<Set<CommandType>> served;
  private final long startedNanos = System.nanoTime();

  /**
   * How the agent describes itself.
   *
   * @param edgeUrl where the edge listens, such as {@code http://localhost:8000}
   */
  public record Self(String version, String edgeUrl, String publicHost) {}

  /** What the agent can do to itself; both act a second later, when the answer has left. */
  public record Life(Runnable reconnect, Runnable restart) {}

  /**
   * @param served the commands that the agent takes; asked when it is asked
   */
  public AgentCommands(
      Self self, AppRuntime runtime, AgentLog log, Life life, Supplier<Set<CommandType>> served) {
    this.self = self;
    this.runtime = runtime;
    this.log = log;
    this.life = life;
    this.served = served;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_AGENT_LOGS, this::logs,
        CommandType.COMMAND_TYPE_AGENT_STATUS, this::status,
        CommandType.COMMAND_TYPE_AGENT_PING, this::ping,
        CommandType.COMMAND_TYPE_AGENT_RECONNECT,
            (payload, progress) -> queued("reconnect queued", life.reconnect()),
        CommandType.COMMAND_TYPE_RESTART_SELF,
            (payload, progress) -> queued("restart queued", life.restart()));
  }

  private Reply logs(Payload payload, LineSink progress) throws CommandFailure {
    var asked = payload.integer("lines", DEFAULT_LINES);
    int lines = asked <= 0 ? DEFAULT_LINES : (int) Math.min(asked, AgentLog.LINES);
    return Reply.completed(String.join("\n", log.last(lines)));
  }

  private Reply status(Payload payload, LineSink progress) {
    var arch = System.getProperty("os.arch");
    var answer = new LinkedHashMap<String, Object>();
    answer.put("agent_version", self.version());
    answer.put("runtime", runtime.kind());
    answer.put("arch", arch.equals("amd64") ? "x86_64" : arch);
    answer.put("uptime_seconds", Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds());
    answer.put("docker_reachable", runtime.engine().reachable());
    answer.put("server_time_nanos", nowNanos());
    answer.put("rss_bytes", HostMetrics.agentResidentBytes());
    answer.put("edge_url", self.edgeUrl());
    answer.put("public_host", self.publicHost());
    answer.put("weighted_routes", true);
    answer.put("commands", served.get().stream().map(CommandType::getNumber).sorted().toList());
    return Json.reply(answer);
  }

  private Reply ping(Payload payload, LineSink progress) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("agent_time_nanos", nowNanos());
    answer.put("agent_version", self.version());
    return Json.reply(answer);
  }

  private static Reply queued(String message, Runnable action) {
    action.run();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("message", message);
    answer.put("scheduled_in_seconds", 1);
    return Reply.queued(Json.text(answer));
  }

  private static long nowNanos() {
    var now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
