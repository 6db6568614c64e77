package dev.slipway.agent.command;

import dev.slipway.agent.edge.HostName;
import dev.slipway.agent.edge.IpLiteral;
import dev.slipway.agent.edge.Route;
import dev.slipway.agent.edge.Routes;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.ServerRoute;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The routes of the edge. */
public final class RouteCommands {
  private static final Set<String> ROUTE_KEYS =
      Set.of(
          "domain",
          "upstream_host",
          "upstream_port",
          "path_prefix",
          "analytics_enabled",
          RouteShares.KEY);
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+/?");
  private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
  private static final int MAX_PREFIX = 256;
  private static final int FALLBACK_PORT = 3000;
  private static final String BY_COMMAND = "route";

  private final Routes routes;
  private final RouteShares shares = new RouteShares(this::upstream);
  private final AppRuntime runtime;
  private final String publicHost;
  private final Supplier<List<ServerRoute>> wanted;

  /**
   * @param wanted asks the control plane for all routes of this server
   */
  public RouteCommands(
      Routes routes, AppRuntime runtime, String publicHost, Supplier<List<ServerRoute>> wanted) {
    this.routes = routes;
    this.runtime = runtime;
    this.publicHost = publicHost;
    this.wanted = wanted;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_ROUTE_ADD, this::add,
        CommandType.COMMAND_TYPE_ROUTE_REMOVE, this::remove,
        CommandType.COMMAND_TYPE_ROUTE_LIST, this::list,
        CommandType.COMMAND_TYPE_APP_PROXY_SETUP, this::setUp,
        CommandType.COMMAND_TYPE_APP_PROXY_REMOVE, this::tearDown,
        CommandType.COMMAND_TYPE_DWAAR_RECONCILE, this::reconcile);
  }

  private Reply add(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    for (var key : payload.keys()) {
      if (!ROUTE_KEYS.contains(key)) {
        throw new CommandFailure("invalid payload: unknown key in a route");
      }
    }
    payload.flag("analytics_enabled");
    var route =
        new Route(
            domain(payload.required("domain")),
            prefix(payload.text("path_prefix", "")),
            upstream(payload.required("upstream_host")),
            payload.port("upstream_port", 0),
            BY_COMMAND,
            shares.of(payload));
    routes.put(List.of(route));
    return Reply.completed("route added: " + route.domain() + " -> " + shown(route));
  }

  private Reply remove(Payload payload, LineSink progress) throws CommandFailure, IOException {
    var domain = domain(payload.required("domain"));
    return Reply.completed(
        routes.removeIf(route -> route.domain().equals(domain))
            ? "route removed: " + domain
            : "route not found (already removed)");
  }

  private Reply list(Payload payload, LineSink progress) {
    var rows = new ArrayList<Map<String, Object>>();
    for (var route : routes.all()) {
      var row = new LinkedHashMap<String, Object>();
      row.put("domain", route.domain());
      row.put("path_prefix", route.pathPrefix());
      row.put("upstream", shown(route));
      row.put("container_name", route.upstreamHost());
      row.put("tls", false);
      row.put("rate_limit_rps", null);
      row.put("under_attack", false);
      row.put("source", route.source());
      row.put(RouteShares.KEY, RouteShares.rows(route.shares()));
      rows.add(row);
    }
    return Json.reply(rows);
  }

  private Reply setUp(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var slug = Names.slug(payload, "slug");
    var instance = payload.instanceName("container_name");
    int port = payload.port("port", FALLBACK_PORT);
    if (runtime.find(instance).isEmpty()) {
      throw new CommandFailure("no such container: " + instance);
    }
    var domains = new ArrayList<>(List.of(slug + "." + publicHost));
    domains.addAll(payload.texts("domains"));
    var added = new ArrayList<Route>();
    for (var domain : domains) {
      added.add(Route.to(domain(domain), "", instance, port, source(slug)));
    }
    routes.replaceSource(source(slug), added);
    return Reply.completed("proxy configured");
  }

  private Reply tearDown(Payload payload, LineSink progress) throws CommandFailure, IOException {
    var source = source(Names.slug(payload, "slug"));
    routes.removeIf(route -> route.source().equals(source));
    return Reply.completed("proxy removed");
  }

  private Reply reconcile(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    List<ServerRoute> asked;
    try {
      asked = wanted.get();
    } catch (StatusRuntimeException e) {
      throw new CommandFailure("the routes could not be asked for: " + e.getStatus().getCode());
    }
    var added = new ArrayList<Route>();
    var errors = new ArrayList<Map<String, String>>();
    int skipped = 0;
    for (var each : asked) {
      try {
        var route = route(each);
        if (routes.all().stream().anyMatch(known -> sameTarget(known, route))) {
          skipped++;
        } else {
          added.add(route);
        }
      } catch (CommandFailure e) {
        errors.add(
            Map.of(
                "domain", each.getDomain(), "app_id", each.getAppId(), "reason", e.getMessage()));
      }
    }
    routes.put(added);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("routes_added", added.size());
    answer.put("routes_skipped", skipped);
    answer.put("errors", errors);
    return Json.reply(answer);
  }

  private Route route(ServerRoute each) throws CommandFailure, IOException, InterruptedException {
    int port = each.getPort() < 1 || each.getPort() > 65_535 ? FALLBACK_PORT : each.getPort();
    return new Route(
        domain(each.getDomain()),
        prefix(each.getPathPrefix()),
        upstream(each.getContainerName()),
        port,
        BY_COMMAND,
        shares.of(each));
  }

  private static boolean sameTarget(Route known, Route asked) {
    return known.domain().equals(asked.domain())
        && known.pathPrefix().equals(asked.pathPrefix())
        && known.upstreamHost().equals(asked.upstreamHost())
        && known.upstreamPort() == asked.upstreamPort()
        && known.shares().equals(asked.shares());
  }

  private static String domain(String text) throws CommandFailure {
    var domain = text.toLowerCase(Locale.ROOT);
    if (!HostName.isRoutable(domain)) {
      throw new CommandFailure("invalid payload: not a domain");
    }
    return domain;
  }

  private static String prefix(String text) throws CommandFailure {
    if (text.isEmpty()) {
      return "";
    }
    if (text.length() > MAX_PREFIX || !PREFIX.matcher(text).matches() || text.contains("..")) {
      throw new CommandFailure("invalid payload: path_prefix is not a path such as /api");
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private String upstream(String text) throws CommandFailure, IOException, InterruptedException {
    if (text.equals("localhost") || IpLiteral.parse(text).isPresent()) {
      return text;
    }
    if (!INSTANCE.matcher(text).matches() || runtime.find(text).isEmpty()) {
      throw new CommandFailure(
          "no such container: " + (INSTANCE.matcher(text).matches() ? text : "?"));
    }
    return text;
  }

  private String shown(Route route) {
    return runtime
        .address(route.upstreamHost(), route.upstreamPort())
        .map(a -> a.getAddress().getHostAddress() + ":" + a.getPort())
        .orElse(route.upstreamHost() + ":" + route.upstreamPort());
  }

  private static String source(String slug) {
    return "app:" + slug;
  }
}
