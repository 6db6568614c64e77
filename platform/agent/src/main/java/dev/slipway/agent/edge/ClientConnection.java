package dev.slipway.agent.edge;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

/** Reads requests from one client, one after the other, and has each answered. */
final class ClientConnection {
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(60);
  private static final Duration HEAD = Duration.ofSeconds(15);

  private static final int TOO_MANY = 429;

  private final Wire client;
  private final Exchange.Surroundings surroundings;

  ClientConnection(Wire client, Exchange.Surroundings surroundings) {
    this.client = client;
    this.surroundings = surroundings;
  }

  void serve() throws IOException {
    try {
      boolean open = true;
      while (open) {
        client.allow(BETWEEN_REQUESTS);
        if (!client.awaitByte()) {
          return;
        }
        client.allow(HEAD);
        open = new Exchange(client, HeadParser.request(client), surroundings).run();
      }
    } catch (BadMessage e) {
      answer(client, e.status(), "Bad Request: " + e.getMessage() + "\n", false);
    } catch (EOFException e) {
      // The client left within a request: there is nobody to answer.
      client.close();
    }
  }

  /** A short answer of the edge's own. */
  static void answer(Wire client, int status, String text, boolean keepAlive) throws IOException {
    client.allow(HEAD);
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", "text/plain; charset=utf-8"));
    headers.add(new Header("Content-Length", Integer.toString(text.length())));
    headers.add(new Header("Cache-Control", "no-store"));
    if (status == TOO_MANY) {
      headers.add(new Header("Retry-After", "1"));
    }
    headers.add(new Header("Connection", keepAlive ? "keep-alive" : "close"));
    client.writeHead("HTTP/1.1 " + status + " " + reason(status), headers);
    client.write(text);
  }

  private static String reason(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 414 -> "URI Too Long";
      case TOO_MANY -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 505 -> "HTTP Version Not Supported";
      default -> "Error";
    };
  }
}
