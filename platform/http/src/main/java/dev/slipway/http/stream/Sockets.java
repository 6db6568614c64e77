package dev.slipway.http.stream;

import dev.slipway.api.rest.WebSocket;
import dev.slipway.http.request.Exchange;
import dev.slipway.http.request.ProtocolSwitch;
import dev.slipway.telemetry.Metrics;
import java.time.Duration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;

/** Switches requests to WebSockets. */
public final class Sockets implements ProtocolSwitch {
  /** What a client's own answers to pings keep from passing. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  static final String PROTOCOL = "slipway";

  private final WebSocketComponents components = new WebSocketComponents();
  private final WebSocketMappings mappings = new WebSocketMappings(components);
  private final Metrics metrics;

  /** Counts sockets as it counts event streams. */
  public Sockets(Metrics metrics) {
    this.metrics = metrics;
  }

  /** What starts and stops with the server. */
  public LifeCycle lifeCycle() {
    return components;
  }

  @Override
  public void upgrade(
      WebSocket socket, Exchange exchange, Request request, Response response, Callback callback) {
    var session = new SocketSession(socket, exchange, metrics);
    var settings = new Configuration.ConfigurationCustomizer();
    settings.setIdleTimeout(IDLE);
    settings.setMaxFrameSize(SocketSession.LARGEST);
    settings.setAutoFragment(false);
    try {
      if (!mappings.upgrade(
          (asked, answer, refusal) -> {
            if (asked.getSubProtocols().contains(PROTOCOL)) {
              answer.setAcceptedSubProtocol(PROTOCOL);
            }
            return session;
          },
          request,
          response,
          callback,
          settings)) {
        session.leave();
        Response.writeError(request, response, callback, 400);
      }
    } catch (RuntimeException malformed) {
      // A key or a version that makes no sense.
      session.leave();
      Response.writeError(request, response, callback, 400);
    }
  }
}
