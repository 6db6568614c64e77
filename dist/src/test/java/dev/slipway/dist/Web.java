package dev.slipway.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Plain requests, each over a connection of its own: nothing is tried again behind the test's back,
 * and a name below {@code localhost} needs no resolver.
 */
final class Web {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MILLIS = 30_000;

  private Web() {}

  /** An answer with head and body as they came. */
  record Answer(int status, String text) {
    JsonNode json() throws IOException {
      return JSON.readTree(text.substring(text.indexOf("\r\n\r\n") + 4));
    }
  }

  static Answer get(String url) throws IOException {
    return get(url, Map.of());
  }

  static Answer get(String url, Map<String, String> headers) throws IOException {
    return send("GET", url, headers, "");
  }

  static Answer send(String method, String url, Map<String, String> headers, String body)
      throws IOException {
    var uri = URI.create(url);
    var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    var request =
        new StringBuilder(method)
            .append(' ')
            .append(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
            .append(" HTTP/1.1\r\nHost: ")
            .append(uri.getRawAuthority())
            .append("\r\nConnection: close\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    if (!body.isEmpty()) {
      request.append("Content-Type: application/json\r\nContent-Length: ");
      request.append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
    }
    request.append("\r\n").append(body);
    return exchange(uri.getPort(), request.toString());
  }

  private static Answer exchange(int port, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!text.matches("(?s)HTTP/1\\.1 \\d{3}.*")) {
        throw new IOException("no answer: '" + text + "'");
      }
      return new Answer(Integer.parseInt(text.substring(9, 12)), text);
    }
  }
}
