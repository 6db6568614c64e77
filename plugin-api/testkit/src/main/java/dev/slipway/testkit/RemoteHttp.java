package dev.slipway.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Another system that speaks HTTP, played by a test: it answers as the test's handler says, or is
 * made to fail, and keeps what it was asked.
 */
@ProviderType
public final class RemoteHttp implements AutoCloseable {
  private final Handler handler;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable Reply failure;
  private volatile CountDownLatch silence = new CountDownLatch(0);

  private RemoteHttp(Handler handler) throws IOException {
    this.handler = handler;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Plays the other system. */
  @FunctionalInterface
  public interface Handler {
    /** Answers a request; called for several at a time. */
    Reply answer(Request request) throws Exception;
  }

  /**
   * What it was asked.
   *
   * @param path with the query, where there is one
   * @param headers by their names in lower case
   */
  public record Request(String method, String path, Map<String, String> headers, String body) {
    /** A header; empty where there is none. */
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** What it answers, as JSON. */
  public record Reply(int status, String body) {}

  /** Starts one on a port of its own; close it after the tests. */
  public static RemoteHttp start(Handler handler) {
    try {
      return new RemoteHttp(handler);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where it is, without a slash at its end. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** An address at which nobody answers. */
  public static URI nobody() {
    try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What it was asked so far, oldest first. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Answers this from now on, whatever is asked. */
  public void fail(int status, String body) {
    failure = new Reply(status, body);
  }

  /** Takes requests and answers none from now on. */
  public void fallSilent() {
    silence = new CountDownLatch(1);
  }

  /** Is well again, and has forgotten what it was asked. */
  public void recover() {
    failure = null;
    silence.countDown();
    requests.clear();
  }

  @Override
  public void close() {
    silence.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = new TreeMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      var request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(request);
      silence.await();
      var reply = failure == null ? handled(request) : failure;
      var body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply handled(Request request) {
    try {
      return handler.answer(request);
    } catch (Exception failure) {
      return new Reply(500, String.valueOf(failure));
    }
  }
}
