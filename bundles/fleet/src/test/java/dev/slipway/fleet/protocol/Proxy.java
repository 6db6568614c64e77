package dev.slipway.fleet.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to the platform that can fall silent without anybody being told. */
final class Proxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean frozen;

  Proxy(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on what arrives vanishes, and the connections stay open. */
  void freeze() {
    frozen = true;
  }

  private void accept() {
    try {
      while (true) {
        var near = server.accept();
        var far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(near, far));
        Thread.ofVirtual().start(() -> copy(near, far));
        Thread.ofVirtual().start(() -> copy(far, near));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[8_192];
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (!frozen) {
        out.write(buffer, 0, read);
        out.flush();
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
