package dev.slipway.http.request;

import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.http.json.Problem;
import dev.slipway.http.route.Router;
import dev.slipway.telemetry.Metrics;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's side of a request: enters the current generation, runs Jersey on this (virtual) thread,
 * and counts what came of it.
 */
public final class ApiHandler extends Handler.Abstract {
  private static final SecurityContext NOBODY = new Nobody();

  private final Router router;
  private final Metrics metrics;
  private final ProtocolSwitch sockets;
  private final TrustedProxies proxies;
  private final String version;

  /** Serves what the router has. */
  public ApiHandler(
      Router router,
      Metrics metrics,
      ProtocolSwitch sockets,
      TrustedProxies proxies,
      String version) {
    this.router = router;
    this.metrics = metrics;
    this.sockets = sockets;
    this.proxies = proxies;
    this.version = version;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var requestId = Ids.next().toString();
    var headers = response.getHeaders();
    headers.put("X-Request-ID", requestId);
    headers.put("X-API-Version", version);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    var body =
        new LimitedInput(
            Content.Source.asInputStream(request),
            request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH),
            request.getHeaders().contains(HttpHeader.EXPECT));
    var uri = uri(request);
    if (uri == null) {
      body.discard();
      refuse(response, callback, requestId);
      return true;
    }
    var generation = router.enter(uri.getPath());
    var origin = Origin.of(request, proxies);
    var exchange = new Exchange(request, origin, uri.getPath(), requestId, generation, body);
    var writer = new JettyWriter(response, callback, body);
    try {
      var inbound = inbound(request, URI.create(generation.base()), uri);
      inbound.setEntityStream(body);
      inbound.setWriter(writer);
      CurrentOperation.bound(() -> exchange.run(() -> generation.application().handle(inbound)));
    } finally {
      if (exchange.socket() == null) {
        exchange.end();
      }
      count(exchange, response);
    }
    var socket = exchange.socket();
    if (socket != null) {
      sockets.upgrade(socket, exchange, request, response, callback);
    }
    return true;
  }

  private void count(Exchange exchange, Response response) {
    var bound = exchange.bound();
    metrics.answered(
        bound == null ? "none" : bound.route().operation(),
        response.getStatus(),
        exchange.elapsedNanos());
  }

  private static ContainerRequest inbound(Request request, URI base, URI uri) {
    var inbound =
        new ContainerRequest(
            base, uri, request.getMethod(), NOBODY, new MapPropertiesDelegate(), null);
    for (var field : request.getHeaders()) {
      inbound.header(field.getName(), field.getValue());
    }
    SocketCredential.of(request.getHeaders()).forEach(inbound::header);
    return inbound;
  }

  /**
   * The path and query as a URI; characters that browsers leave bare are escaped, anything else odd
   * is refused.
   */
  private static @Nullable URI uri(Request request) {
    var raw = request.getHttpURI().getPathQuery();
    // PostgreSQL stores no NUL, so no parameter may hold one.
    if (raw == null || !raw.startsWith("/") || raw.startsWith("//") || raw.contains("%00")) {
      return null;
    }
    var escaped = new StringBuilder(raw.length());
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if ("|^`{}[]\"<>\\ ".indexOf(c) >= 0) {
        escaped.append('%').append(Integer.toHexString(c | 0x100).substring(1));
      } else {
        escaped.append(c);
      }
    }
    try {
      return new URI(escaped.toString());
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  private static void refuse(Response response, Callback callback, String requestId) {
    response.setStatus(400);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    var body = Problem.malformedAddress(requestId).getBytes(StandardCharsets.UTF_8);
    try {
      Content.Sink.write(response, true, java.nio.ByteBuffer.wrap(body));
      callback.succeeded();
    } catch (IOException gone) {
      callback.failed(gone);
    }
  }

  /** Jersey insists on a security context; access is decided by {@link AccessFilter}. */
  private static final class Nobody implements SecurityContext {
    @Override
    public @Nullable Principal getUserPrincipal() {
      return null;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
      return null;
    }
  }
}
