package dev.slipway.cli.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** A stateful HTTP server that knows the client's part of the catalogue. */
public final class FakePlatform implements AutoCloseable {
  /** What a route needs. */
  enum Needs {
    NOTHING,
    TOKEN,
    TENANT
  }

  /** Answers a call. */
  interface Handler {
    void handle(Call call) throws IOException;
  }

  private record Route(String method, Pattern path, Needs needs, Handler handler) {}

  public final FakeAccounts accounts = new FakeAccounts();
  public final FakeApps apps = new FakeApps();
  public final FakeAppFiles files = new FakeAppFiles(apps);
  public final FakeProcesses processes = new FakeProcesses();
  public final FakeDeployments deployments = new FakeDeployments(apps);
  public final FakeEnvironments environments = new FakeEnvironments(apps, deployments);
  public final FakePlugins plugins = new FakePlugins();
  public final FakeScripts scripts = new FakeScripts();
  public final FakeVolumes volumes = new FakeVolumes(apps);
  public final FakeVariables variables = new FakeVariables();

  /** Each request as {@code METHOD path}. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  private final List<Route> routes = new ArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public FakePlatform() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    accounts.routes(this);
    files.routes(this);
    processes.routes(this);
    apps.routes(this);
    deployments.routes(this);
    environments.routes(this);
    plugins.routes(this);
    scripts.routes(this);
    volumes.routes(this);
    variables.routes(this);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public long count(String request) {
    return requests.stream().filter(request::equals).count();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  void on(String method, String path, Needs needs, Handler handler) {
    var pattern = Pattern.compile(path.replaceAll("\\{}", "([^/]+)"));
    routes.add(new Route(method, pattern, needs, handler));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String id() {
    return UUID.randomUUID().toString();
  }

  /** A page of a list, in the catalogue's form. */
  static ObjectNode page(Call call, String member, Collection<? extends JsonNode> all) {
    var query = call.query("limit", "offset", "status", "app_id", "server_id", "due");
    var limit = Integer.parseInt(query.getOrDefault("limit", "50"));
    var offset = Integer.parseInt(query.getOrDefault("offset", "0"));
    if (limit < 1 || limit > 200) {
      throw new Refusal(400, "a parameter is out of range", "limit");
    }
    ArrayNode page = JsonNodeFactory.instance.arrayNode();
    all.stream().skip(offset).limit(limit).forEach(page::add);
    ObjectNode answer = object();
    answer.set(member, page);
    return answer.put("total", all.size());
  }

  private void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    try (exchange) {
      for (var route : routes) {
        var matcher = route.path.matcher(path);
        if (route.method.equals(exchange.getRequestMethod()) && matcher.matches()) {
          var parts = new ArrayList<String>();
          for (var i = 1; i <= matcher.groupCount(); i++) {
            parts.add(matcher.group(i));
          }
          answer(route, new Call(exchange, parts));
          return;
        }
      }
      new Call(exchange, List.of()).problem(new Refusal(404, "no such route"));
    }
  }

  private void answer(Route route, Call call) throws IOException {
    try {
      if (route.needs != Needs.NOTHING) {
        accounts.check(call, route.needs == Needs.TENANT);
      }
      route.handler.handle(call);
    } catch (Refusal e) {
      call.problem(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
