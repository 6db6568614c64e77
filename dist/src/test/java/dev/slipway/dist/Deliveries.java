package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.testkit.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Ten thousand webhooks in two lines, and the HTTP servers that take them: a fast one, and a slow
 * one that answers each time only after the fast one has got some more. Were the fast one delayed
 * by the slow one, neither would get on.
 */
final class Deliveries implements AutoCloseable {
  private static final String EVENT = "api_key.created";
  private static final int FAST = 9_000;
  private static final int SLOW = 1_000;

  /** What the fast one gets while the slow one has one. */
  private static final int PACE = 20;

  private final HttpServer server;

  /** The numbers of those that came, in the order in which they did; guarded by this. */
  private final List<Integer> fast = new ArrayList<>();

  /** As {@link #fast}. */
  private final List<Integer> slow = new ArrayList<>();

  /** How many the slow one had when the fast one had all; guarded by this. */
  private int behind;

  /** How many of the fast one's are different ones; guarded by this. */
  private int got;

  Deliveries() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/fast", taking(this::fast));
    server.createContext("/slow", taking(this::slow));
    server.start();
  }

  /** Host and port. */
  String endpoint() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private interface Taking {
    void take(int number) throws InterruptedException;
  }

  private static HttpHandler taking(Taking taking) {
    return exchange -> {
      try (exchange) {
        taking.take(number(exchange));
        exchange.sendResponseHeaders(204, -1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static int number(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    return Integer.parseInt(new String(body, StandardCharsets.UTF_8));
  }

  private synchronized void fast(int number) {
    fast.add(number);
    if (number > got) {
      got = number;
      behind = got == FAST ? slow.size() : 0;
      notifyAll();
    }
  }

  private synchronized void slow(int number) throws InterruptedException {
    slow.add(number);
    var until = Math.min(FAST, got + PACE);
    while (got < until) {
      wait();
    }
  }

  private synchronized boolean has(int ofFast, int ofSlow) {
    return got >= ofFast && slow.contains(ofSlow);
  }

  /** Puts all of them in their lines at once. */
  void queue(Node node, Client client) throws IOException, SQLException {
    var owner = TestClient.at(URI.create(node.url()));
    for (var header : client.headers().entrySet()) {
      owner = owner.with(header.getKey(), header.getValue());
    }
    var quick = endpoint(owner, "fast");
    var tardy = endpoint(owner, "slow");
    try (var connection = node.connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(line(quick, FAST));
      statement.executeUpdate(line(tardy, SLOW));
      connection.commit();
    }
  }

  private String endpoint(TestClient owner, String name) {
    var url = "http://" + endpoint() + "/" + name;
    var hook = Map.of("name", name, "url", url, "events", List.of(EVENT));
    var answer = owner.post("/api/admin/webhooks", hook);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.at("/webhook/id");
  }

  private static String line(String endpoint, int count) {
    return """
        with line as (
          update webhooks_queue set queued = %2$d where endpoint_id = '%1$s'
          returning endpoint_id, tenant_id)
        insert into webhooks_delivery
          (id, tenant_id, endpoint_id, message_id, event_type, payload, status, test, response_code,
           response_body, duration_ms, retry_count, max_retries, attempts, created_at)
        select gen_random_uuid(), tenant_id, endpoint_id, gen_random_uuid(), '%3$s', n::text,
          'pending', false, 0, '', 0, 0, 5, '[]', now()
        from line, generate_series(1, %2$d) as numbers (n) order by numbers.n
        """
        .formatted(endpoint, count, EVENT);
  }

  /** The slow one has not answered, the fast one is busy, and most of it is still to come. */
  void awaitMiddle() throws InterruptedException {
    Await.until("the fast one has got a third of its webhooks", () -> has(FAST / 3, 1));
  }

  /** As some minutes later: what a node had in hand that is dead by now may be taken by others. */
  static void passTime(Node node) throws IOException, SQLException {
    try (var connection = node.connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "update webhooks_queue set lease_until = now() - interval '1 second'"
              + " where lease is not null");
    }
  }

  /** All have come, in order, and the fast one was not held up. */
  void awaitAll(Node node) throws Exception {
    Await.until("every webhook has come", () -> has(FAST, SLOW));
    Await.until("none is in line", () -> left(node) == 0);
    inOrder(fast, FAST);
    inOrder(slow, SLOW);
    synchronized (this) {
      assertThat(behind).as("of the slow one's when the fast one had all").isLessThan(SLOW);
    }
  }

  private static int left(Node node) throws IOException, SQLException {
    try (var connection = node.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from webhooks_delivery where event_type = '"
                    + EVENT
                    + "' and status <> 'succeeded'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** What was under way when the platform died may have come twice. */
  private synchronized void inOrder(List<Integer> came, int count) {
    assertThat(came.stream().distinct().toList())
        .isEqualTo(IntStream.rangeClosed(1, count).boxed().toList());
    assertThat(came.size()).isLessThanOrEqualTo(count + 1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
