package dev.slipway.agent.command;

import dev.slipway.agent.edge.EdgeSettings;
import dev.slipway.agent.edge.HostName;
import dev.slipway.agent.edge.IpLiteral;
import dev.slipway.agent.edge.RouteTraffic;
import dev.slipway.agent.edge.TcpProxies;
import dev.slipway.agent.os.LineSink;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.RouteMetrics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What else the edge does and knows besides its routes. */
public final class EdgeCommands {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
  private static final List<String> BLOCKS =
      List.of("analytics", EdgeSettings.LOG_LEVEL, EdgeSettings.RATE_LIMIT);
  private static final int NOT_CACHED = 404;
  private static final int DEFAULT_LOOKBACK = 300;

  private final TcpProxies proxies;
  private final RouteTraffic traffic;
  private final EdgeSettings settings;

  public EdgeCommands(TcpProxies proxies, RouteTraffic traffic, EdgeSettings settings) {
    this.proxies = proxies;
    this.traffic = traffic;
    this.settings = settings;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_CACHE_PURGE, this::purge,
        CommandType.COMMAND_TYPE_CERT_LIST, this::certificates,
        CommandType.COMMAND_TYPE_PROXY_TRAFFIC, this::traffic,
        CommandType.COMMAND_TYPE_DWAAR_CONFIG_PATCH, this::patch,
        CommandType.COMMAND_TYPE_TCP_PROXY_START, this::openPort,
        CommandType.COMMAND_TYPE_TCP_PROXY_UPDATE, this::openPort,
        CommandType.COMMAND_TYPE_TCP_PROXY_STOP, this::closePort);
  }

  /** This edge keeps nothing, so nothing old is ever served: that is what was asked for. */
  private Reply purge(Payload payload, LineSink progress) throws CommandFailure {
    var host = payload.required("host");
    var path = payload.text("path", "/");
    if (!HostName.isRoutable(host)
        || !path.startsWith("/")
        || path.chars().anyMatch(c -> c <= 32)) {
      throw new CommandFailure("invalid payload: host and path do not make an address");
    }
    return Reply.completed("purged " + host + path + " (status=" + NOT_CACHED + ")");
  }

  private Reply certificates(Payload payload, LineSink progress) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("supported", false);
    answer.put("reason", "this edge serves plain HTTP and holds no certificates");
    return Json.reply(answer);
  }

  /** The contract's blocks of a configuration file, as far as this edge has what they set. */
  private Reply patch(Payload payload, LineSink progress) throws CommandFailure, IOException {
    var block = payload.required("block");
    var action = payload.required("action");
    if (!BLOCKS.contains(block)) {
      throw new CommandFailure("invalid payload: block is none of " + BLOCKS);
    }
    if (block.equals("analytics")) {
      throw new CommandFailure("this edge takes no analytics of visitors, so none are set");
    }
    var value =
        switch (action) {
          case "upsert" -> setting(payload, block);
          case "remove" -> null;
          default -> throw new CommandFailure("invalid payload: action is not upsert or remove");
        };
    var before = settings.set(block, value);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("block", block);
    answer.put("action", action);
    answer.put("prev", before);
    answer.put("new", value == null ? "" : value);
    // It counts at once: nothing has to start again for it.
    answer.put("restart_ok", true);
    return Json.reply(answer);
  }

  private static String setting(Payload payload, String block) throws CommandFailure {
    var value = payload.required("value").strip();
    var problem = EdgeSettings.problemOf(block, value);
    if (problem != null) {
      throw new CommandFailure("invalid payload: value " + problem);
    }
    return value;
  }

  private Reply traffic(Payload payload, LineSink progress) throws CommandFailure {
    var host = payload.text("host", "");
    var answer = new LinkedHashMap<String, Object>();
    answer.put("host", host);
    answer.put("lookback_seconds", payload.integer("lookback_seconds", DEFAULT_LOOKBACK));
    answer.put(
        "routes",
        traffic.report().stream()
            .filter(route -> host.isEmpty() || route.getDomain().equals(host))
            .map(EdgeCommands::row)
            .toList());
    answer.put("note", "requests since the last heartbeat that arrived");
    return Json.reply(answer);
  }

  /** In the letters of the contract, which here are another program's. */
  private static Map<String, Object> row(RouteMetrics route) {
    var row = new LinkedHashMap<String, Object>();
    row.put("Domain", route.getDomain());
    row.put("Path", route.getPath());
    row.put("RequestCount", route.getRequestCount());
    row.put("LatencyP50Ms", route.getLatencyP50Ms());
    row.put("LatencyP95Ms", route.getLatencyP95Ms());
    row.put("LatencyP99Ms", route.getLatencyP99Ms());
    row.put("Status2xx", route.getStatus2Xx());
    row.put("Status3xx", route.getStatus3Xx());
    row.put("Status4xx", route.getStatus4Xx());
    row.put("Status5xx", route.getStatus5Xx());
    row.put("BytesSent", route.getBytesSent());
    row.put("BotRequests", route.getBotRequests());
    row.put("CacheHits", route.getCacheHits());
    row.put("CacheMisses", route.getCacheMisses());
    return row;
  }

  private Reply openPort(Payload payload, LineSink progress) throws CommandFailure, IOException {
    var id = id(payload);
    int port = payload.port("port", 0);
    var target = payload.required("target");
    int colon = target.lastIndexOf(':');
    var host = target.substring(0, Math.max(colon, 0));
    try {
      if (!INSTANCE.matcher(host).matches() && IpLiteral.parse(host).isEmpty()) {
        throw new CommandFailure("invalid payload: target is not host:port");
      }
      int targetPort = Integer.parseInt(target.substring(colon + 1));
      if (targetPort < 1 || targetPort > 65_535) {
        throw new CommandFailure("invalid payload: target is not host:port");
      }
      List<String> allowed = payload.texts("allowed_ips");
      proxies.put(new TcpProxies.Proxy(id, port, host, targetPort, allowed));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("invalid payload: " + e.getMessage());
    } catch (IOException e) {
      throw new CommandFailure("port " + port + " cannot be opened: " + e.getMessage());
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("proxy_id", id);
    answer.put("port", port);
    answer.put("tls", false);
    return Json.reply(answer);
  }

  private Reply closePort(Payload payload, LineSink progress) throws CommandFailure, IOException {
    proxies.remove(id(payload));
    return Reply.completed("tcp proxy removed");
  }

  private static String id(Payload payload) throws CommandFailure {
    var id = payload.required("proxy_id");
    if (!ID.matcher(id).matches()) {
      throw new CommandFailure("invalid payload: proxy_id is not an id");
    }
    return id;
  }
}
