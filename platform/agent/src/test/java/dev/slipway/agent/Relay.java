package dev.slipway.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between an agent and its control plane, as a network that may lose things. */
final class Relay implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger generation = new AtomicInteger();

  Relay(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** What arrives on the connections that are open vanishes from now on, and they stay open. */
  void loseAll() {
    generation.incrementAndGet();
  }

  private void accept() {
    try {
      while (true) {
        var near = listener.accept();
        var far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(near, far));
        var born = generation.get();
        Thread.ofVirtual().start(() -> copy(near, far, born));
        Thread.ofVirtual().start(() -> copy(far, near, born));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void copy(Socket from, Socket to, int born) {
    var buffer = new byte[8_192];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (generation.get() == born) {
          out.write(buffer, 0, read);
          out.flush();
        }
      }
    } catch (IOException closed) {
      // One of them is gone; where nothing is forwarded, the other does not hear of it.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
