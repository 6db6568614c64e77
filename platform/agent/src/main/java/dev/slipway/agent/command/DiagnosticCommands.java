package dev.slipway.agent.command;

import dev.slipway.agent.host.HostDiagnostics;
import dev.slipway.agent.host.NetworkDiagnostics;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the host, which change nothing. What is looked at is bounded: private addresses, known
 * ports, and the folders of the agent and its edge.
 */
public final class DiagnosticCommands {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 200;

  private final HostDiagnostics host;
  private final NetworkDiagnostics network = new NetworkDiagnostics();
  private final AppRuntime runtime;

  public DiagnosticCommands(HostDiagnostics host, AppRuntime runtime) {
    this.host = host;
    this.runtime = runtime;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(CommandType.COMMAND_TYPE_HOST_DIAGNOSTIC, this::look);
  }

  private Reply look(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var kind = payload.required("kind");
    var answer = new LinkedHashMap<String, Object>();
    answer.put("kind", kind);
    answer.put("status", "ok");
    try {
      answer.put("data", data(kind, payload));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("invalid payload: " + e.getMessage());
    }
    return Json.reply(answer);
  }

  private Object data(String kind, Payload payload)
      throws CommandFailure, IOException, InterruptedException {
    int limit = Math.clamp(payload.integer("limit", DEFAULT_LIMIT), 1, MOST);
    return switch (kind) {
      case "agent.host.snapshot" -> host.snapshot();
      case "agent.metrics.sample" -> host.sample();
      case "agent.resource.alerts" -> host.alerts();
      case "agent.processes.top", "process_list" -> Map.of("processes", host.processes(limit));
      case "agent.process.inspect" -> host.process(payload.integer("pid", 0));
      case "agent.network.listeners", "listeners" ->
          Map.of("sockets", network.sockets(true, limit));
      case "agent.network.connections" -> Map.of("sockets", network.sockets(false, limit));
      case "agent.http.probe" -> network.http(payload.required("url"), method(payload));
      case "agent.safe_probe.tcp" -> network.tcp(hostOf(payload), payload.port("port", 0));
      case "agent.dns.check" -> network.names(hostOf(payload));
      case "agent.file.stat" -> host.file(payload.required("path"));
      case "agent.config.digest" -> host.digest(pathOf(payload));
      case "agent.containers.list" -> containers();
      case "agent.permanu.self.status" -> host.self();
      default -> throw new CommandFailure("unsupported diagnostic kind");
    };
  }

  private List<Map<String, Object>> containers() throws IOException, InterruptedException {
    return runtime.list().stream()
        .<Map<String, Object>>map(
            each ->
                Map.of(
                    "id", each.getContainerId(),
                    "name", each.getName(),
                    "image", each.getImage(),
                    "status", each.getStatus()))
        .toList();
  }

  private static String hostOf(Payload payload) throws CommandFailure {
    for (var key : List.of("host", "hostname")) {
      if (payload.has(key)) {
        return payload.required(key);
      }
    }
    return payload.required("target");
  }

  private static String pathOf(Payload payload) throws CommandFailure {
    return payload.has("path") ? payload.required("path") : payload.required("target");
  }

  private static String method(Payload payload) throws CommandFailure {
    var method = payload.text("method", "GET");
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new CommandFailure("invalid payload: method is GET or HEAD");
    }
    return method;
  }
}
