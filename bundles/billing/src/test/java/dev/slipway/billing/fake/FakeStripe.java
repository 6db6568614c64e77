package dev.slipway.billing.fake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.billing.stripe.StripeApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's API as far as billing uses it, over real HTTP: it keeps state, and refuses what the real
 * one refuses: wrong keys and versions, unknown and missing parameters, an idempotency key used for
 * something else. Beyond that it wants a key on every write.
 */
public final class FakeStripe implements AutoCloseable {
  public static final String KEY = "sk_test_51SlipwayFakeKeyOfTheTests";
  public static final String WEBHOOK_SECRET = "whsec_SlipwayFakeSecretOfTheTests";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The state, and what happens there without a request. */
  public final FakeBooks books = new FakeBooks();

  /** Every write that was carried out, as method and path. */
  public final List<String> writes = new CopyOnWriteArrayList<>();

  private final Map<String, Remembered> keys = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile boolean down;

  private record Remembered(String request, int status, String body) {}

  public FakeStripe() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public String url() {
    return "http://" + endpoint();
  }

  /** Host and port. */
  public String endpoint() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Makes every answer a 503 until it is called with false. */
  public void down(boolean value) {
    down = value;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int status;
      String answer;
      try {
        check(exchange);
        answer =
            exchange.getRequestMethod().equals("GET")
                ? text(
                    books.get(
                        exchange.getRequestURI().getPath(),
                        Form.parse(exchange.getRequestURI().getRawQuery())))
                : once(exchange, body);
        status = 200;
      } catch (Refused refused) {
        status = refused.status;
        answer = JSON.writeValueAsString(refused.body);
      }
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void check(HttpExchange exchange) {
    if (down) {
      throw new Refused(503, "api_error", "unavailable", "down");
    }
    if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      throw new Refused(401, "invalid_request_error", "api_key_invalid", "Invalid API key");
    }
    if (!StripeApi.API_VERSION.equals(exchange.getRequestHeaders().getFirst("Stripe-Version"))) {
      throw Refused.invalid("version", "Unexpected API version");
    }
  }

  /** The same key brings the same answer, whatever has changed since. */
  private String once(HttpExchange exchange, String body) throws IOException {
    var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (key == null) {
      throw Refused.invalid("idempotency_key_missing", "Every write needs an idempotency key");
    }
    var path = exchange.getRequestURI().getPath();
    var query = exchange.getRequestURI().getRawQuery();
    var request = exchange.getRequestMethod() + " " + path + "\n" + body + "\n" + query;
    synchronized (books) {
      var known = keys.get(key);
      if (known == null) {
        known = carryOut(exchange.getRequestMethod(), path, body.isEmpty() ? query : body, request);
        keys.put(key, known);
      }
      if (!known.request().equals(request)) {
        throw new Refused(
            400, "idempotency_error", "idempotency_key_reused", "Key was used with other params");
      }
      if (known.status() >= 400) {
        throw new Refused(known.status(), "card_error", "card_declined", "Your card was declined.");
      }
      return known.body();
    }
  }

  private Remembered carryOut(String method, String path, @Nullable String form, String request)
      throws IOException {
    try {
      var answer = text(books.write(method, path, Form.parse(form)));
      writes.add(method + " " + path);
      return new Remembered(request, 200, answer);
    } catch (Refused refused) {
      if (refused.status != 402) {
        throw refused;
      }
      return new Remembered(request, 402, "");
    }
  }

  private static String text(Object value) throws IOException {
    return JSON.writeValueAsString(value);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
