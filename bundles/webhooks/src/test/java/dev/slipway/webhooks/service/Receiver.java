package dev.slipway.webhooks.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that keeps what it gets and answers as the test says. */
public final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final Function<Received, Reply> behaviour;
  private final List<Received> received = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** What came in. */
  public record Received(Map<String, List<String>> headers, String body) {
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  /** How to answer; a null status never does. */
  public record Reply(@Nullable Integer status, Map<String, String> headers, byte[] body) {
    public static Reply of(int status) {
      return new Reply(status, Map.of(), new byte[0]);
    }

    public static Reply of(int status, String header, String value) {
      return new Reply(status, Map.of(header, value), new byte[0]);
    }

    public static Reply text(int status, String text) {
      return new Reply(status, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply never() {
      return new Reply(null, Map.of(), new byte[0]);
    }
  }

  public Receiver(Function<Received, Reply> behaviour) throws IOException {
    this(
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0),
        behaviour);
  }

  Receiver(HttpServer server, Function<Received, Reply> behaviour) {
    this.server = server;
    this.behaviour = behaviour;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** One that takes everything. */
  public static Receiver willing() throws IOException {
    return new Receiver(request -> Reply.of(200));
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  /** All that came in so far, oldest first. */
  public List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  public int count() {
    synchronized (received) {
      return received.size();
    }
  }

  /** Waits until so many have come in. */
  public List<Received> await(int count) {
    Eventually.holds(() -> count() >= count, () -> count() + " of " + count + " came in");
    return received();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request = new Received(Map.copyOf(exchange.getRequestHeaders()), body);
      synchronized (received) {
        received.add(request);
      }
      var reply = behaviour.apply(request);
      if (reply.status() == null) {
        closing.await();
        return;
      }
      reply.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(
          reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
      if (reply.body().length > 0) {
        exchange.getResponseBody().write(reply.body());
      }
    } catch (InterruptedException interrupted) {
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
