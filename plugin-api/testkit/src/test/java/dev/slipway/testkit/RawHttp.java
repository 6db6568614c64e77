package dev.slipway.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Says on a socket what no client library would, and hears what comes back until the connection
 * ends.
 */
final class RawHttp {
  private static final int PATIENCE_MILLIS = 20_000;

  private RawHttp() {}

  /** The whole answer to these bytes; the request should ask for the connection to be closed. */
  static String say(URI url, String request) throws IOException {
    return say(url, request.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String say(URI url, byte[] request) throws IOException {
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var answer = new ByteArrayOutputStream();
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }

  static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }
}
