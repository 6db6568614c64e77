package dev.slipway.http;

import dev.slipway.api.event.Signals;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.spi.HealthCheck;
import dev.slipway.http.json.JsonBodies;
import dev.slipway.http.limit.KeyedRequests;
import dev.slipway.http.limit.RateLimits;
import dev.slipway.http.openapi.OpenApi;
import dev.slipway.http.request.ApiHandler;
import dev.slipway.http.request.TrustedProxies;
import dev.slipway.http.resource.DocsResource;
import dev.slipway.http.resource.HealthResource;
import dev.slipway.http.resource.MetricsResource;
import dev.slipway.http.route.Owner;
import dev.slipway.http.route.Router;
import dev.slipway.http.stream.Sockets;
import dev.slipway.security.Authenticator;
import dev.slipway.telemetry.Metrics;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The HTTP side as one thing that starts and stops, with or without OSGi around it. */
public final class HttpPlatform implements AutoCloseable {
  private final Router router;
  private final RateLimits limits;
  private final PluginCalls calls;
  private final HttpServer server;

  /** Wires the parts and listens; the platform's own operations are served at once. */
  public HttpPlatform(Address address, Services services, Supplier<List<HealthCheck>> checks)
      throws Exception {
    this(address, services, checks, false);
  }

  /**
   * As above.
   *
   * @param starting whether bundles are still to come, until {@link Router#endStart}
   */
  HttpPlatform(
      Address address, Services services, Supplier<List<HealthCheck>> checks, boolean starting)
      throws Exception {
    var proxies = TrustedProxies.parse(services.platform().setting("slipway.trusted.proxies"));
    limits = new RateLimits();
    calls = new PluginCalls(services.metrics());
    var applications = new Applications(services, limits, calls);
    router = applications.router();
    if (starting) {
      router.beginStart();
    }
    var version = services.platform().version();
    router.add(
        Map.of(
            new Owner("dev.slipway.http", 0, false),
            List.of(
                new HealthResource(services.platform(), checks),
                new MetricsResource(services.metrics(), services.platform()),
                new DocsResource(new OpenApi(JsonBodies.mapper(), version), router::bundles))));
    var sockets = new Sockets(services.metrics());
    server =
        new HttpServer(
            address,
            version,
            new ApiHandler(router, services.metrics(), sockets, proxies, version),
            sockets.lifeCycle());
    server.start();
  }

  /** Who serves what. */
  public Router router() {
    return router;
  }

  /** The counters of rate-limited operations. */
  public RateLimits limits() {
    return limits;
  }

  /** What calls plugins. */
  PluginCalls calls() {
    return calls;
  }

  /** The port that is listened on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() throws Exception {
    router.endStreams();
    server.close();
    calls.close();
  }

  /**
   * Where to listen.
   *
   * @param port 0 for any free one
   */
  public record Address(String host, int port) {}

  /** What the HTTP side needs of the others. */
  public record Services(
      Platform platform,
      Authenticator authenticator,
      Signals signals,
      KeyedRequests keyed,
      Metrics metrics) {}
}
