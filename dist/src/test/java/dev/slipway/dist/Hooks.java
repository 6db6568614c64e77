package dev.slipway.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A customer's HTTP server that takes all webhooks and keeps them as they came. */
final class Hooks implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Hook> received = new CopyOnWriteArrayList<>();

  /** One request; the names of its headers are compared without case. */
  record Hook(Map<String, String> headers, String body) {
    String header(String name) {
      return Objects.requireNonNullElse(headers.get(name), "");
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException malformed) {
        throw new UncheckedIOException(body, malformed);
      }
    }

    String event() {
      return json().path("event").asText();
    }

    JsonNode data() {
      return json().path("data");
    }
  }

  Hooks() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/hook", this::take);
    server.start();
  }

  /** Host and port. */
  String endpoint() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return "http://" + endpoint() + "/hook";
  }

  /** All so far, oldest first. */
  List<Hook> received() {
    return List.copyOf(received);
  }

  /** Waits for the first one of this kind. */
  Hook await(String event) throws InterruptedException {
    Await.until("a webhook tells of " + event, () -> of(event).size() > 0);
    return of(event).getFirst();
  }

  /** All of this kind, oldest first. */
  List<Hook> of(String event) {
    return received().stream().filter(hook -> hook.event().equals(event)).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      received.add(new Hook(headers, body));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
