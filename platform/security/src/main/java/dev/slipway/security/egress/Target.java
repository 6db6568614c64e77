package dev.slipway.security.egress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A URL that has the form of an allowed one; its addresses are not looked at yet.
 *
 * @param host in lower case without a final dot; an IPv6 address without brackets
 * @param path path and query for the request line, plain ASCII
 */
record Target(URI uri, boolean tls, String host, int port, String path) {
  private static final int MAX_URL = 8_000;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static Target of(String url) {
    if (url.length() > MAX_URL) {
      throw EgressError.REFUSED.of("the URL is too long");
    }
    try {
      // In ASCII, and parsed again: nothing else than what is looked at here goes over the wire.
      return of(new URI(new URI(url.strip()).toASCIIString()));
    } catch (URISyntaxException malformed) {
      throw EgressError.REFUSED.of("it is no URL");
    }
  }

  static Target of(URI uri) {
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw EgressError.REFUSED.of("the scheme must be http or https");
    }
    if (uri.getRawUserInfo() != null) {
      throw EgressError.REFUSED.of("the URL must not carry credentials");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw EgressError.REFUSED.of("the URL has no valid host");
    }
    var tls = scheme.equals("https");
    var port = uri.getPort() == -1 ? (tls ? HTTPS : HTTP) : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw EgressError.REFUSED.of("the port is out of range");
    }
    return new Target(uri, tls, host(uri), port, path(uri));
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  String endpoint() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** For the Host header: the port only where it is not the usual one. */
  String authority() {
    var usual = port == (tls ? HTTPS : HTTP);
    return usual ? endpoint().substring(0, endpoint().lastIndexOf(':')) : endpoint();
  }

  /** Whether the name stands for this machine whatever a name server says. */
  boolean isLocalName() {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("localhost.localdomain")
        || host.equals("ip6-localhost")
        || host.equals("ip6-loopback");
  }

  boolean isLiteral() {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static String host(URI uri) {
    var host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      if (host.indexOf('%') >= 0) {
        throw EgressError.REFUSED.of("an address must not name a zone");
      }
      return host.substring(1, host.length() - 1);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static String path(URI uri) {
    var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
