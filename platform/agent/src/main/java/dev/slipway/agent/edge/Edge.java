package dev.slipway.agent.edge;

import dev.slipway.proto.agent.v1.ProxyMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening side of the proxy: one virtual thread for each client connection. */
public final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private static final int BACKLOG = 512;
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(5);
  private static final byte[] FULL =
      ("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
              + "Connection: close\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;
  private final int maxConnections;
  private final Semaphore places;
  private final Deadlines deadlines;
  private final InFlight inFlight;
  private final Exchange.Surroundings surroundings;

  private Edge(ServerSocket listener, int maxConnections, Exchange.Surroundings surroundings) {
    this.listener = listener;
    this.maxConnections = maxConnections;
    this.places = new Semaphore(maxConnections);
    this.surroundings = surroundings;
    this.deadlines = surroundings.deadlines();
    this.inFlight = surroundings.inFlight();
  }

  /** Binds and begins to answer. */
  public static Edge open(
      InetSocketAddress listen,
      int maxConnections,
      Routes routes,
      Upstreams upstreams,
      RouteTraffic traffic,
      EdgeSettings settings)
      throws IOException {
    var listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(
        new InetSocketAddress(InetAddress.getByName(listen.getHostString()), listen.getPort()),
        BACKLOG);
    var surroundings =
        new Exchange.Surroundings(
            routes, upstreams, traffic, settings, new InFlight(), new Deadlines());
    var edge = new Edge(listener, maxConnections, surroundings);
    Thread.ofPlatform().daemon().name("edge-accept").start(edge::accept);
    return edge;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How it does now, and what it did since the start. */
  public ProxyMetrics metrics() {
    var totals = surroundings.traffic().totals();
    return ProxyMetrics.newBuilder()
        .setActiveConnections((long) maxConnections - places.availablePermits())
        .setTotalRequests(totals.requests())
        .setBytesSentTotal(totals.bytesSent())
        .setRateLimitRejects(surroundings.settings().rejects())
        .build();
  }

  /** Waits until no request is with the instance; false when some still are when the time is up. */
  public boolean awaitIdle(String instance, Duration limit) throws InterruptedException {
    return inFlight.awaitNone(instance, limit);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        if (places.tryAcquire()) {
          Thread.ofVirtual().name("edge-client").start(() -> serve(socket));
        } else {
          refuse(socket);
        }
      } catch (IOException e) {
        if (!listener.isClosed()) {
          // Out of file descriptors, mostly: the next connection may find one again.
          LOG.warn("A connection could not be accepted: {}", e.getMessage());
        }
      }
    }
  }

  private static void refuse(Socket socket) throws IOException {
    try (socket) {
      socket.getOutputStream().write(FULL);
    }
  }

  private void serve(Socket socket) {
    try (var wire = new Wire(socket)) {
      deadlines.add(wire);
      try {
        new ClientConnection(wire, surroundings).serve();
      } finally {
        deadlines.remove(wire);
      }
    } catch (IOException e) {
      // The client went away, or its deadline passed: the usual end of a connection.
      LOG.trace("A client connection ended", e);
    } finally {
      places.release();
    }
  }

  /** Stops listening, lets the last requests finish for a moment, and closes all connections. */
  @Override
  public void close() {
    try {
      listener.close();
      var deadline = System.nanoTime() + LAST_REQUESTS.toNanos();
      while (!inFlight.isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
    } catch (IOException e) {
      LOG.warn("The edge's listener could not be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      deadlines.close();
    }
  }
}
