package dev.slipway.agent.edge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the start line and headers of a message, within bounds and without leniency. */
final class HeadParser {
  private static final int MAX_START_LINE = 8 * 1024;
  private static final int MAX_HEADER_BYTES = 32 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private HeadParser() {}

  /**
   * @param target as sent: a path, or {@code *}, never a URL
   * @param host lower-case, without port
   * @param authority as sent
   */
  record Request(
      String method,
      String target,
      String host,
      String authority,
      boolean http11,
      Headers headers) {
    boolean keepsAlive() {
      return http11 && !headers.lists("Connection", "close");
    }

    String path() {
      int query = target.indexOf('?');
      return query < 0 ? target : target.substring(0, query);
    }
  }

  record Response(int status, String reason, Headers headers) {}

  static Request request(Wire wire) throws IOException, BadMessage {
    var line = wire.line(MAX_START_LINE, 414);
    if (line.isEmpty()) {
      // One empty line before a request is tolerated by the standard.
      line = wire.line(MAX_START_LINE, 414);
    }
    var parts = line.split(" ", -1);
    if (parts.length != 3 || !isToken(parts[0])) {
      throw new BadMessage(400, "a malformed request line");
    }
    boolean http11 = parts[2].equals("HTTP/1.1");
    if (!http11 && !parts[2].equals("HTTP/1.0")) {
      throw new BadMessage(505, "an unknown HTTP version");
    }
    var headers = headers(wire);
    return request(parts[0], parts[1], http11, headers);
  }

  private static Request request(String method, String sent, boolean http11, Headers headers)
      throws BadMessage {
    if (sent.isEmpty() || sent.chars().anyMatch(c -> c <= 0x20 || c == 0x7f)) {
      throw new BadMessage(400, "a malformed request target");
    }
    var hosts = headers.all("Host");
    if (hosts.size() > 1 || (http11 && hosts.isEmpty())) {
      throw new BadMessage(400, "not exactly one Host header");
    }
    var authority = hosts.isEmpty() ? "" : hosts.getFirst();
    var target = sent;
    if (sent.regionMatches(true, 0, "http://", 0, 7)) {
      int slash = sent.indexOf('/', 7);
      authority = slash < 0 ? sent.substring(7) : sent.substring(7, slash);
      target = slash < 0 ? "/" : sent.substring(slash);
    } else if (!sent.startsWith("/") && !(sent.equals("*") && method.equals("OPTIONS"))) {
      throw new BadMessage(400, "a request target that is not a path");
    }
    return new Request(method, target, HostName.of(authority), authority, http11, headers);
  }

  static Response response(Wire wire) throws IOException, BadMessage {
    var line = wire.line(MAX_START_LINE, 502);
    if (!line.startsWith("HTTP/1.") || line.length() < 12 || line.charAt(8) != ' ') {
      throw new BadMessage(502, "a malformed status line");
    }
    var code = line.substring(9, 12);
    if (!code.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new BadMessage(502, "a malformed status line");
    }
    var reason = line.length() > 13 ? line.substring(13) : "";
    return new Response(Integer.parseInt(code), reason, headers(wire));
  }

  private static Headers headers(Wire wire) throws IOException, BadMessage {
    List<Header> headers = new ArrayList<>();
    int bytes = 0;
    while (true) {
      var line = wire.line(MAX_HEADER_BYTES - bytes, 431);
      if (line.isEmpty()) {
        return new Headers(headers);
      }
      bytes += line.length();
      if (headers.size() == MAX_HEADERS) {
        throw new BadMessage(431, "too many headers");
      }
      headers.add(header(line));
    }
  }

  private static Header header(String line) throws BadMessage {
    int colon = line.indexOf(':');
    // A blank before the colon or at the line's start (a folded line) is read differently by
    // others.
    if (colon < 1 || !isToken(line.substring(0, colon))) {
      throw new BadMessage(400, "a malformed header");
    }
    var value = line.substring(colon + 1);
    if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
      throw new BadMessage(400, "a control character in a header");
    }
    return new Header(line.substring(0, colon), value.strip());
  }

  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }
}
