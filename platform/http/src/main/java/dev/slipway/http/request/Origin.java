package dev.slipway.http.request;

import java.util.List;
import org.eclipse.jetty.server.Request;

/**
 * Where a request comes from.
 *
 * @param address textual address of the client
 * @param local whether a program on this machine made it itself, and no proxy on behalf of others
 */
record Origin(String address, boolean local) {
  /** Found from the connection, and from what trusted proxies say of it. */
  static Origin of(Request request, TrustedProxies proxies) {
    var headers = request.getHeaders();
    return of(
        Request.getRemoteAddr(request),
        headers.getValuesList(TrustedProxies.HEADER),
        headers.contains("Forwarded"),
        proxies);
  }

  static Origin of(String peer, List<String> hops, boolean forwarded, TrustedProxies proxies) {
    var from = TrustedProxies.address(peer);
    var local = from != null && from.isLoopbackAddress() && hops.isEmpty() && !forwarded;
    return new Origin(proxies.client(peer, hops), local);
  }
}
