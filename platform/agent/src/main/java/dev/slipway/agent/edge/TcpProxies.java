package dev.slipway.agent.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.os.AtomicFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ports of this host that lead to a service, for those addresses that may use them. They are
 * written down and open again with the agent. Thread-safe.
 */
public final class TcpProxies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpProxies.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 64;
  private static final int MOST_CONNECTIONS = 256;
  private static final int BACKLOG = 128;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final Path file;
  private final Upstreams upstreams;
  private final Deadlines deadlines = new Deadlines();
  private final Map<String, Open> open = new HashMap<>();

  /**
   * A port and where it leads.
   *
   * @param host an address, or the name of an instance
   * @param allowed addresses and networks; empty = everybody
   */
  public record Proxy(String id, int port, String host, int targetPort, List<String> allowed) {
    public Proxy {
      allowed = List.copyOf(allowed);
    }
  }

  private record Open(Proxy proxy, ServerSocket listener, AllowList allowed) {}

  /** Opens what was open when the agent ended. */
  public TcpProxies(Path file, Upstreams upstreams) throws IOException {
    this.file = file;
    this.upstreams = upstreams;
    if (Files.exists(file)) {
      for (var proxy : JSON.readValue(Files.readAllBytes(file), Proxy[].class)) {
        try {
          open.put(proxy.id(), listen(proxy));
        } catch (IOException e) {
          LOG.warn("Port {} cannot be opened again: {}", proxy.port(), e.getMessage());
        }
      }
    }
  }

  /**
   * Opens a port, in the place of the proxy with the same id.
   *
   * @throws IllegalArgumentException where an allowed address is none, or there are too many
   */
  public synchronized void put(Proxy proxy) throws IOException {
    var allowed = new AllowList(proxy.allowed());
    var before = open.get(proxy.id());
    if (before == null && open.size() >= MOST) {
      throw new IllegalArgumentException("more than " + MOST + " TCP proxies");
    }
    if (before != null && before.proxy().port() == proxy.port()) {
      open.put(proxy.id(), new Open(proxy, before.listener(), allowed));
    } else {
      var fresh = listen(proxy);
      open.put(proxy.id(), fresh);
      if (before != null) {
        before.listener().close();
      }
    }
    save();
  }

  /** Connections that stand go on; nothing happens where there is no such proxy. */
  public synchronized void remove(String id) throws IOException {
    var gone = open.remove(id);
    if (gone != null) {
      gone.listener().close();
      save();
    }
  }

  private void save() throws IOException {
    AtomicFile.write(
        file, JSON.writeValueAsBytes(open.values().stream().map(Open::proxy).toList()));
  }

  private Open listen(Proxy proxy) throws IOException {
    var listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(proxy.port()), BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    Thread.ofPlatform()
        .daemon()
        .name("tcp-proxy-" + proxy.port())
        .start(() -> accept(proxy.id(), listener));
    return new Open(proxy, listener, new AllowList(proxy.allowed()));
  }

  private void accept(String id, ServerSocket listener) {
    var places = new Semaphore(MOST_CONNECTIONS);
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        var target = target(id, socket.getInetAddress());
        if (target == null || !places.tryAcquire()) {
          socket.close();
        } else {
          Thread.ofVirtual()
              .name("tcp-proxy-client")
              .start(
                  () -> {
                    try {
                      serve(socket, target);
                    } finally {
                      places.release();
                    }
                  });
        }
      } catch (IOException e) {
        if (!listener.isClosed()) {
          LOG.warn("A connection could not be accepted: {}", e.getMessage());
        }
      }
    }
  }

  /** Null where the client may not, or the proxy has gone. */
  private synchronized @Nullable Proxy target(String id, InetAddress client) {
    var found = open.get(id);
    return found != null && found.allowed().permits(client) ? found.proxy() : null;
  }

  private void serve(Socket socket, Proxy proxy) {
    try (var client = new Wire(socket);
        var upstream = new Wire(connect(proxy))) {
      deadlines.add(client);
      deadlines.add(upstream);
      try {
        new Tunnel(client, upstream).run();
      } finally {
        deadlines.remove(client);
        deadlines.remove(upstream);
      }
    } catch (IOException e) {
      LOG.trace("A connection of TCP proxy {} ended", proxy.id(), e);
    }
  }

  private Socket connect(Proxy proxy) throws IOException {
    var address =
        upstreams
            .address(proxy.host(), proxy.targetPort())
            .orElseGet(() -> new InetSocketAddress(proxy.host(), proxy.targetPort()));
    var socket = new Socket();
    try {
      socket.connect(address, Math.toIntExact(CONNECT.toMillis()));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    for (var each : open.values()) {
      try {
        each.listener().close();
      } catch (IOException e) {
        LOG.debug("A port was closed badly", e);
      }
    }
    deadlines.close();
  }
}
