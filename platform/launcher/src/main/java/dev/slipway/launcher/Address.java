package dev.slipway.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * A place to listen on.
 *
 * @param port 1 to 65535, or 0 for any free port
 */
record Address(String host, int port) {

  /** Reads {@code HOST:PORT}; an IPv6 host stands in brackets. */
  static Address parse(String name, String text) throws StartFailure {
    var colon = text.lastIndexOf(':');
    var host = colon < 1 ? "" : text.substring(0, colon);
    var port = colon < 0 ? "" : text.substring(colon + 1);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      host = "";
    }
    if (host.isBlank() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw StartFailure.usage(name + ": '" + text + "' is not of the form HOST:PORT");
    }
    return new Address(host, Integer.parseInt(port));
  }

  /** Proves that the address can be listened on, and settles port 0. */
  Address claim(String name) throws StartFailure {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return new Address(host, socket.getLocalPort());
    } catch (UnknownHostException e) {
      throw StartFailure.usage(name + ": host '" + host + "' is not known");
    } catch (IOException e) {
      throw StartFailure.failed(
          name + ": cannot listen on " + this + " (" + e.getMessage() + ")", e);
    }
  }

  /** Host and port by which this machine itself reaches the listener. */
  String local() {
    var reached =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "::1";
          default -> host;
        };
    return new Address(reached, port).toString();
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
