package dev.slipway.dist;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody listens on. They lie below those from which the system takes the near end of a
 * connection: one of the many that are opened meanwhile would have it before its owner does.
 */
final class Ports {
  private static final int FIRST = 15_000;
  private static final int COUNT = 15_000;

  /** Two runs on one machine begin at different places. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 31 % COUNT));

  private Ports() {}

  /** A different one each time. */
  static int free() throws IOException {
    while (true) {
      var port = FIRST + NEXT.getAndIncrement() % COUNT;
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // The next one.
      }
    }
  }
}
