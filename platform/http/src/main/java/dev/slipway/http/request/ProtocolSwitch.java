package dev.slipway.http.request;

import dev.slipway.api.rest.WebSocket;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Turns a request's connection into a WebSocket. */
@FunctionalInterface
public interface ProtocolSwitch {
  /**
   * Answers with the switch, or says why not; ends the exchange when the socket is over.
   *
   * @param socket what the resource method returned
   */
  void upgrade(
      WebSocket socket, Exchange exchange, Request request, Response response, Callback callback);
}
