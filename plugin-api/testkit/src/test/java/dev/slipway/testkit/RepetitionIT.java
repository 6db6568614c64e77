package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.data.Database;
import dev.slipway.events.EventLog;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests with an Idempotency-Key, their audit, and requests that a stop meets. */
class RepetitionIT {
  static TestPlatform platform;
  static Counter counter;

  final UUID tenant = Ids.next();
  final TestClient member = platform.as(tenant, Role.USER);
  final TestClient keyed = member.with("Idempotency-Key", Ids.next().toString());

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    counter = new Counter(platform.database("events", EventLog.class.getClassLoader()));
    platform.register(counter);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void aRequestInFlightIsNotStartedTwice() throws Exception {
    var before = counter.count.get();
    counter.arrived.drainPermits();
    counter.hold = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          CompletableFuture.supplyAsync(() -> keyed.post("/api/counter", Map.of()), threads);
      counter.arrived.acquire();
      var second = keyed.post("/api/counter", Map.of());
      assertThat(second.status()).isEqualTo(409);
      assertThat(second.at("/code")).isEqualTo("request.idempotency-in-flight");
      assertThat(Integer.parseInt(second.header("Retry-After").orElseThrow())).isPositive();
      counter.hold.countDown();
      assertThat(first.join().status()).isEqualTo(201);
      assertThat(keyed.post("/api/counter", Map.of()).text()).isEqualTo(first.join().text());
    } finally {
      counter.hold.countDown();
    }
    assertThat(counter.count.get()).isEqualTo(before + 1);
  }

  @Test
  void aRequestThatTakesLongKeepsItsKey() throws Exception {
    counter.arrived.drainPermits();
    counter.hold = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          CompletableFuture.supplyAsync(() -> keyed.post("/api/counter", Map.of()), threads);
      counter.arrived.acquire();
      assertThat(aged()).isEqualTo(1);
      DeliveryIT.await("its renewal", () -> renewed() ? true : null);
      for (var attempt = 0; attempt < 2; attempt++) {
        assertThat(keyed.post("/api/counter", Map.of()).at("/code"))
            .isEqualTo("request.idempotency-in-flight");
      }
      counter.hold.countDown();
      var answer = first.join().text();
      assertThat(keyed.post("/api/counter", Map.of()).text()).isEqualTo(answer);
    } finally {
      counter.hold.countDown();
    }
  }

  @Test
  void aRequestThatACrashHasEndedGivesItsKeyBack() {
    var lost = keyed.post("/api/counter", Map.of());
    assertThat(aged()).isEqualTo(1);
    assertThat(keyed.post("/api/counter", Map.of()).status()).isEqualTo(409);
    var again = keyed.post("/api/counter", Map.of());
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isNotEqualTo(lost.text());
  }

  private boolean renewed() {
    return change(
            "update http_idempotency set key = key"
                + " where key = ? and alive_at > now() - interval '1 minute'")
        == 1;
  }

  /** Makes the row of {@link #keyed} one that its node has said nothing of for a while. */
  private int aged() {
    return change(
        "update http_idempotency set status = null, alive_at = now() - interval '2 minutes'"
            + " where key = ?");
  }

  private int change(String statement) {
    try (var connection = platform.store().platform().getConnection();
        var change = connection.prepareStatement(statement)) {
      change.setString(1, keyed.header("Idempotency-Key").orElseThrow());
      return change.executeUpdate();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void anUploadThatBrokeCanBeRepeated() throws Exception {
    counter.arrived.drainPermits();
    var head =
        "POST /api/counter/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n";
    for (var name : List.of("Authorization", "X-Tenant-ID", "Idempotency-Key")) {
      head += name + ": " + keyed.header(name).orElseThrow() + "\r\n";
    }
    try (var socket = new Socket(platform.url().getHost(), platform.url().getPort())) {
      socket.getOutputStream().write((head + "\r\nbegun").getBytes(StandardCharsets.ISO_8859_1));
      counter.arrived.acquire();
    }
    var whole = new byte[1000];
    var again =
        DeliveryIT.await(
            "the end of the first",
            () -> {
              var answer =
                  keyed.send("POST", "/api/counter/upload", whole, "application/octet-stream");
              return answer.status() == 409 ? null : answer;
            });
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.at("/value")).isEqualTo("1000");
    assertThat(again.header("Idempotent-Replayed")).isEmpty();
  }

  @Test
  void refusalsAreRememberedAndFailuresAreNot() {
    var before = counter.refused.get();
    assertThat(keyed.post("/api/counter/refused", null).status()).isEqualTo(412);
    var again = keyed.post("/api/counter/refused", null);
    assertThat(again.status()).isEqualTo(412);
    assertThat(again.header("Content-Type")).contains("application/problem+json");
    assertThat(counter.refused.get()).isEqualTo(before + 1);
    var other = member.with("Idempotency-Key", Ids.next().toString());
    assertThat(other.post("/api/counter/second-time", null).status()).isEqualTo(500);
    assertThat(other.post("/api/counter/second-time", null).status()).isEqualTo(201);
  }

  @Test
  void aSecretThatIsShownOnceStandsNowhereInTheClear() throws Exception {
    var first = keyed.post("/api/counter/keys", null);
    assertThat(first.status()).isEqualTo(201);
    var secret = first.at("/raw_key");
    assertThat(secret).startsWith("shown-");
    var again = keyed.post("/api/counter/keys", null);
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(again.text()).isEqualTo(first.text()).contains(secret);
    assertThat(rowsWith("counter.key.create")).as("the row is found at all").isPositive();
    assertThat(rowsWith(secret)).isZero();
    var base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    assertThat(rowsWith(base64)).isZero();
  }

  /** Rows of kept answers that hold a text, be it as text or as bytes. */
  private static int rowsWith(String text) throws SQLException {
    try (var connection = platform.store().platform().getConnection();
        var query =
            connection.prepareStatement(
                """
                select count(*) from http_idempotency t
                where position(? in t::text) > 0 or position(? in t::text) > 0
                """)) {
      query.setString(1, text);
      query.setString(2, HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
      var rows = query.executeQuery();
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void changesCanBeRepeatedToo() {
    var first = keyed.patch("/api/counter", Map.of("by", 2));
    assertThat(first.status()).isEqualTo(200);
    assertThat(keyed.patch("/api/counter", Map.of("by", 2)).text()).isEqualTo(first.text());
    assertThat(keyed.patch("/api/counter", Map.of("by", 3)).status()).isEqualTo(422);
  }

  @Test
  void aKeyBelongsToWhoSentItAndWhereTo() {
    var key = keyed.header("Idempotency-Key").orElseThrow();
    var first = keyed.post("/api/counter", Map.of());
    var colleague = platform.as(tenant, Role.USER).with("Idempotency-Key", key);
    assertThat(colleague.post("/api/counter", Map.of()).text()).isNotEqualTo(first.text());
    assertThat(keyed.post("/api/counter?again=1", Map.of()).status()).isEqualTo(422);
  }

  @Test
  void theAuditRowBelongsToTheChange() {
    var done = keyed.post("/api/counter", Map.of());
    assertThat(audited(done)).containsExactly("counter.number.create");
    var repeated = keyed.post("/api/counter", Map.of());
    assertThat(audited(repeated)).isEmpty();
    var refused =
        member.with("Idempotency-Key", Ids.next().toString()).post("/api/counter/refused", null);
    assertThat(audited(refused)).isEmpty();
  }

  private static java.util.List<String> audited(Answer answer) {
    return platform.audited(answer.header("X-Request-ID").orElseThrow());
  }

  @Test
  void aStopLetsRequestsFinish() throws Exception {
    var stopping = TestPlatform.start();
    var slow = new Counter(stopping.database("events", EventLog.class.getClassLoader()));
    slow.hold = new CountDownLatch(1);
    stopping.register(slow);
    var client = stopping.as(tenant, Role.USER);
    var address = stopping.url();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer =
          CompletableFuture.supplyAsync(() -> client.post("/api/counter", Map.of()), threads);
      slow.arrived.acquire();
      var closed = CompletableFuture.runAsync(() -> close(stopping), threads);
      while (accepts(address)) {
        Thread.onSpinWait();
      }
      assertThat(closed).isNotDone();
      slow.hold.countDown();
      assertThat(answer.join().status()).isEqualTo(201);
      closed.join();
    }
  }

  /** Asked anew each time: a request on a connection that is being closed may never be answered. */
  private static boolean accepts(URI address) {
    try (var connection = new Socket(address.getHost(), address.getPort())) {
      return connection.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static void close(TestPlatform platform) {
    try {
      platform.close();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Counts, and can be held while it does. */
  @Path("/api/counter")
  public static final class Counter implements RestResource {
    final AtomicInteger count = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final Semaphore arrived = new Semaphore(0);
    volatile CountDownLatch hold = new CountDownLatch(0);
    private final AtomicInteger attempts = new AtomicInteger();
    private final Database db;

    public Counter(Database db) {
      this.db = db;
    }

    public record Step(@Nullable Integer by) {}

    public record Number(int value) {}

    @POST
    @Op(value = "counter.number.create", access = Access.TENANT, summary = "Count", status = 201)
    public Number create(@Context Caller caller, Step body) throws InterruptedException {
      arrived.release();
      hold.await();
      return db.write(Scope.of(caller), () -> new Number(count.incrementAndGet()));
    }

    @PATCH
    @Op(value = "counter.number.update", access = Access.TENANT, summary = "Count on")
    public Number update(@Context Caller caller, Step body) {
      var by = body.by() == null ? 1 : body.by();
      return db.write(Scope.of(caller), () -> new Number(count.addAndGet(by)));
    }

    @POST
    @Path("refused")
    @Op(value = "counter.refusal.create", access = Access.TENANT, summary = "Refuse")
    public Number refuse(@Context Caller caller) {
      refused.incrementAndGet();
      return db.write(
          Scope.of(caller),
          () -> {
            throw CommonError.STALE.of("number");
          });
    }

    public record Minted(String rawKey) {}

    @POST
    @Path("keys")
    @Op(value = "counter.key.create", access = Access.TENANT, summary = "Mint a key", status = 201)
    public Minted mint(@Context Caller caller) {
      return db.write(Scope.of(caller), () -> new Minted("shown-" + Ids.next()));
    }

    @POST
    @Path("upload")
    @BodyLimit(10_000)
    @Consumes("application/octet-stream")
    @Op(value = "counter.upload.create", access = Access.TENANT, summary = "Count", status = 201)
    public Number upload(InputStream body) throws IOException {
      arrived.release();
      return new Number(body.readAllBytes().length);
    }

    @POST
    @Path("second-time")
    @Op(value = "counter.retry.create", access = Access.TENANT, summary = "Fail once", status = 201)
    public Number secondTime() {
      if (attempts.incrementAndGet() == 1) {
        throw new IllegalStateException("the first time it fails");
      }
      return new Number(1);
    }
  }
}
