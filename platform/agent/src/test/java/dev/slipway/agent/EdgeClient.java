package dev.slipway.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bare HTTP to the edge with any Host header, which the JDK's clients do not allow. */
final class EdgeClient {
  private EdgeClient() {}

  record Answer(int status, String text) {}

  static Answer get(int port, String host, String path) throws IOException {
    var raw =
        exchange(
            port, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    if (raw.length() < 12) {
      throw new IOException("no answer: " + raw);
    }
    return new Answer(Integer.parseInt(raw.substring(9, 12)), raw);
  }

  /** Sends the bytes and reads to the end of the connection. */
  static String exchange(int port, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
