package dev.slipway.http.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The credential of a browser that asks for a WebSocket: it can set no header but the list of
 * subprotocols.
 */
final class SocketCredential {
  private static final String TOKEN = "bearer.";
  private static final String TENANT = "tenant.";

  private SocketCredential() {}

  static boolean asksForSocket(HttpFields headers) {
    return headers.contains(HttpHeader.UPGRADE, "websocket")
        && headers.contains(HttpHeader.SEC_WEBSOCKET_KEY);
  }

  /** The headers that it stands for; none where there is an ordinary credential. */
  static Map<String, String> of(HttpFields headers) {
    var found = new LinkedHashMap<String, String>();
    if (asksForSocket(headers) && !headers.contains(HttpHeader.AUTHORIZATION)) {
      headers.stream()
          .filter(field -> field.getHeader() == HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL)
          .map(HttpField::getValueList)
          .flatMap(List::stream)
          .forEach(
              word -> {
                if (word.startsWith(TOKEN)) {
                  found.put("Authorization", "Bearer " + word.substring(TOKEN.length()));
                } else if (word.startsWith(TENANT)) {
                  found.put("X-Tenant-ID", word.substring(TENANT.length()));
                }
              });
    }
    return found;
  }
}
