package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Patch;
import dev.slipway.api.Role;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.BodyLimit;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.rest.Sse;
import dev.slipway.api.rest.Versioned;
import dev.slipway.api.spi.RestResource;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every operation of every bundle may rely on, shown with a toy resource. */
class HttpIT {
  static TestPlatform platform;
  static final Toy TOY = new Toy();

  final UUID tenant = Ids.next();
  final TestClient owner = platform.as(tenant, Role.OWNER);

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    platform.register(TOY);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void everyAnswerCarriesRequestIdAndVersion() {
    for (var path : List.of("/api/toys/x", "/nowhere", "/health/live", "/api/version")) {
      var answer = platform.anonymous().get(path);
      assertThat(answer.header("X-Request-ID")).isPresent();
      assertThat(answer.header("X-API-Version")).contains("0.0.0-test");
    }
  }

  @Test
  void closedByDefault() {
    var answer = platform.anonymous().get("/api/toys/" + Ids.next());
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.at("/code")).isEqualTo("auth.required");
    assertThat(platform.bearer("garbage").get("/api/toys/" + Ids.next()).status()).isEqualTo(401);
  }

  @Test
  void rolesAreChecked() {
    assertThat(platform.as(tenant, Role.USER).delete("/api/toys/" + Ids.next()).status())
        .isEqualTo(403);
    assertThat(owner.delete("/api/toys/" + Ids.next()).status()).isEqualTo(204);
    assertThat(owner.get("/api/toys/admin").status()).isEqualTo(403);
    var root = platform.as(new Membership(tenant, Role.ADMIN, true));
    assertThat(root.get("/api/toys/admin").status()).isEqualTo(200);
  }

  @Test
  void theTenantHeaderIsChecked() {
    var id = "/api/toys/" + Ids.next();
    var noTenant = platform.bearer(token(owner));
    assertThat(noTenant.get(id).status()).isEqualTo(400);
    assertThat(noTenant.with("X-Tenant-ID", "nonsense").get(id).fields())
        .containsExactly("X-Tenant-ID");
    assertThat(noTenant.with("X-Tenant-ID", Ids.next().toString()).get(id).status()).isEqualTo(403);
  }

  private static String token(TestClient client) {
    return platform.tokens().issue(client.userId(), Ids.next(), Map.of());
  }

  @Test
  void bodiesAreReadStrictly() {
    assertThat(owner.post("/api/toys", Map.of("name", "a", "size", 1)).status()).isEqualTo(201);
    assertThat(owner.post("/api/toys", Map.of("name", "a", "size", 1, "odd", 2)).fields())
        .containsExactly("odd");
    assertThat(owner.post("/api/toys", Map.of("name", "a", "size", "1")).fields())
        .containsExactly("size");
    assertThat(owner.post("/api/toys", Map.of("name", "a", "size", 1, "kind", "HUGE")).fields())
        .containsExactly("kind");
    assertThat(owner.post("/api/toys", Map.of("size", 1)).fields()).containsExactly("name");
    assertThat(owner.post("/api/toys", Map.of("name", "a")).fields()).containsExactly("size");
    assertThat(owner.post("/api/toys", Map.of("name", "", "size", 99)).fields())
        .containsExactlyInAnyOrder("name", "size");
    assertThat(raw("{\"name\":").at("/code")).isEqualTo("request.malformed");
    assertThat(raw("[]").status()).isEqualTo(400);
    assertThat(raw("null").status()).isEqualTo(400);
    assertThat(raw("").status()).isEqualTo(400);
    assertThat(raw("{\"name\":\"a\",\"name\":\"b\",\"size\":1}").status()).isEqualTo(400);
    assertThat(raw("{\"name\":\"a\",\"size\":1} x").status()).isEqualTo(400);
    assertThat(raw("{\"a\":".repeat(5000)).status()).isEqualTo(400);
    assertThat(owner.post("/api/toys", null).status()).isEqualTo(400);
    var text = owner.send("POST", "/api/toys", "x".getBytes(StandardCharsets.UTF_8), "text/plain");
    assertThat(text.status()).isEqualTo(415);
  }

  private Answer raw(String body) {
    return owner.send(
        "POST", "/api/toys", body.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  @Test
  void bodiesHaveALimit() {
    var large = "{\"name\":\"" + "a".repeat(1_100_000) + "\"}";
    assertThat(raw(large).status()).isEqualTo(413);
    var bytes = new byte[2000];
    assertThat(owner.send("POST", "/api/toys/upload", bytes, "application/gzip").text())
        .contains("2000");
    assertThat(owner.send("POST", "/api/toys/upload", new byte[4000], "application/gzip").status())
        .isEqualTo(413);
  }

  @Test
  void parametersAreChecked() {
    assertThat(owner.get("/api/toys/not-an-id").fields()).containsExactly("id");
    assertThat(owner.get("/api/toys?limit=0").fields()).containsExactly("limit");
    assertThat(owner.get("/api/toys?limit=201").fields()).containsExactly("limit");
    assertThat(owner.get("/api/toys?limit=x").fields()).containsExactly("limit");
    assertThat(owner.get("/api/toys?offset=-1").fields()).containsExactly("offset");
    assertThat(owner.get("/api/toys?tail=11").fields()).containsExactly("tail");
    assertThat(owner.get("/api/toys?tail=x").fields()).containsExactly("tail");
    assertThat(owner.get("/api/toys?kind=odd").fields()).containsExactly("kind");
    assertThat(owner.get("/api/toys?limit=7&offset=3&kind=tiny&tail=4").at("/limit"))
        .isEqualTo("7");
  }

  @Test
  void patchTellsAbsentFromNull() {
    assertThat(owner.patch("/api/toys/" + Ids.next(), Map.of()).at("/name")).isEqualTo("absent");
    var none = new java.util.HashMap<String, @Nullable Object>();
    none.put("name", null);
    assertThat(owner.patch("/api/toys/" + Ids.next(), none).at("/name")).isEqualTo("null");
    assertThat(owner.patch("/api/toys/" + Ids.next(), Map.of("name", "x")).at("/name"))
        .isEqualTo("x");
    assertThat(owner.patch("/api/toys/" + Ids.next(), Map.of("name", "x".repeat(99))).fields())
        .containsExactly("name");
  }

  @Test
  void versionedAnswersHaveAnEtag() {
    var path = "/api/toys/" + Ids.next();
    assertThat(owner.get(path).header("ETag")).contains("\"4\"");
    assertThat(owner.with("If-None-Match", "\"4\"").get(path).status()).isEqualTo(304);
    assertThat(owner.with("If-Match", "\"3\"").patch(path, Map.of()).status()).isEqualTo(412);
    assertThat(owner.with("If-Match", "\"4\"").patch(path, Map.of()).status()).isEqualTo(200);
    assertThat(owner.with("If-Match", "odd").patch(path, Map.of()).fields())
        .containsExactly("If-Match");
  }

  @Test
  void aRepeatedPostIsAnsweredWithTheFirstAnswer() {
    var body = Map.of("name", "once", "size", 1);
    var keyed = owner.with("Idempotency-Key", Ids.next().toString());
    var before = TOY.created.get();
    var first = keyed.post("/api/toys", body);
    var second = keyed.post("/api/toys", body);
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(TOY.created.get()).isEqualTo(before + 1);
    assertThat(keyed.post("/api/toys", Map.of("name", "other", "size", 1)).status()).isEqualTo(422);
    var stranger = platform.as(tenant, Role.OWNER);
    var same =
        stranger
            .with("Idempotency-Key", "shared")
            .post("/api/toys", Map.of("name", "mine", "size", 1));
    assertThat(same.status()).isEqualTo(201);
  }

  @Test
  void aFailedRequestGivesItsKeyBack() {
    var keyed = owner.with("Idempotency-Key", Ids.next().toString());
    assertThat(keyed.post("/api/toys/broken", null).status()).isEqualTo(500);
    assertThat(keyed.post("/api/toys/broken", null).status()).isEqualTo(500);
  }

  @Test
  void unexpectedFailuresKeepTheirTextToThemselves() {
    var answer = owner.post("/api/toys/broken", null);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).doesNotContain("secret-text").doesNotContain("Exception");
    assertThat(answer.at("/request_id")).isEqualTo(answer.header("X-Request-ID").orElseThrow());
  }

  @Test
  void limitedOperationsSayWhenToComeBack() {
    platform.resetRateLimits();
    var anyone = platform.anonymous();
    assertThat(anyone.get("/api/toys/limited").status()).isEqualTo(200);
    assertThat(anyone.get("/api/toys/limited").status()).isEqualTo(200);
    var third = anyone.get("/api/toys/limited");
    assertThat(third.status()).isEqualTo(429);
    assertThat(Integer.parseInt(third.header("Retry-After").orElseThrow())).isPositive();
  }

  @Test
  void oddAddressesAndMethodsAreRefusedPlainly() {
    assertThat(owner.get("/api/nothing").status()).isEqualTo(404);
    assertThat(owner.put("/api/toys", Map.of()).status()).isEqualTo(405);
    assertThat(owner.put("/api/toys", Map.of()).header("Allow")).isPresent();
    assertThat(owner.get("/api/toys/%00").status()).isEqualTo(400);
  }

  @Test
  void streamsResumeBehindTheLastId() throws IOException {
    try (var lines = owner.stream("/api/toys/ticks")) {
      assertThat(ids(lines, 3)).containsExactly("1", "2", "3");
    }
    try (var lines = owner.with("Last-Event-ID", "2").stream("/api/toys/ticks")) {
      assertThat(ids(lines, 1)).containsExactly("3");
    }
  }

  @Test
  void aRaisedSignalWakesAStream() throws IOException {
    try (var lines = owner.stream("/api/toys/waiting")) {
      assertThat(lines.readLine()).startsWith("retry:");
      TOY.ready = true;
      platform.signals().raise("toy");
      assertThat(ids(lines, 1)).containsExactly("9");
    } finally {
      TOY.ready = false;
    }
  }

  private static List<String> ids(java.io.BufferedReader lines, int count) {
    return lines
        .lines()
        .filter(line -> line.startsWith("id: "))
        .map(line -> line.substring(4))
        .limit(count)
        .toList();
  }

  @Test
  void theReferenceDescribesOperations() {
    var document = platform.anonymous().get("/api/docs/openapi.json").json();
    assertThat(document.at("/openapi").asText()).isEqualTo("3.1.0");
    JsonNode create = document.at("/paths/~1api~1toys/post");
    assertThat(create.at("/operationId").asText()).isEqualTo("toys.toy.create");
    assertThat(create.at("/responses/201/content/application~1json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/ToyView");
    var body = document.at("/components/schemas/ToyCreate");
    assertThat(body.at("/properties/name/maxLength").asInt()).isEqualTo(20);
    assertThat(body.at("/required").toString()).isEqualTo("[\"name\",\"size\"]");
    assertThat(platform.anonymous().get("/api/docs").text()).contains("reference.js");
    assertThat(platform.anonymous().get("/api/docs/assets/redoc.standalone.js").status())
        .isEqualTo(200);
  }

  @Test
  void metricsCountOperations() {
    owner.get("/api/toys");
    var counted = "slipway_http_requests_total{op=\"toys.toy.list\",status=\"200\"}";
    // Counted once the answer is out.
    DeliveryIT.await(
        counted,
        () -> platform.anonymous().get("/metrics").text().contains(counted) ? counted : null);
  }

  /** Operations of every sort. */
  @Path("/api/toys")
  public static final class Toy implements RestResource {
    final AtomicInteger created = new AtomicInteger();
    volatile boolean ready;

    public enum Kind {
      TINY,
      BIG
    }

    public record Create(
        @Size(min = 1, max = 20) String name, @Max(10) int size, @Nullable Kind kind) {}

    public record View(String name, int number) {}

    public record Change(Patch<@Size(max = 20) String> name) {}

    public record Tagged(String name, long etag) implements Versioned {}

    public record Listing(int limit, int offset) {}

    @POST
    @Op(value = "toys.toy.create", access = Access.TENANT, summary = "Create", status = 201)
    public View create(@Context Caller caller, Create body) {
      return new View(body.name(), created.incrementAndGet());
    }

    @GET
    @Op(value = "toys.toy.list", access = Access.TENANT, summary = "List")
    public Listing list(
        @Context PageRequest page,
        @QueryParam("kind") @Nullable Kind kind,
        @QueryParam("tail") @DefaultValue("1") @Min(0) @Max(10) int tail) {
      return new Listing(page.limit(), page.offset());
    }

    @GET
    @Path("{id}")
    @Op(value = "toys.toy.read", access = Access.TENANT, summary = "Read")
    public Tagged read(@PathParam("id") UUID id) {
      return new Tagged("toy", 4);
    }

    @PATCH
    @Path("{id}")
    @Op(value = "toys.toy.update", access = Access.TENANT, summary = "Change")
    public View change(@PathParam("id") UUID id, @Context IfMatch expected, Change body) {
      expected.check("toy", 4);
      return new View(body.name().isPresent() ? "" + body.name().value() : "absent", 0);
    }

    @DELETE
    @Path("{id}")
    @Op(value = "toys.toy.delete", access = Access.TENANT_ADMIN, summary = "Delete")
    public void delete(@PathParam("id") UUID id) {}

    @GET
    @Path("admin")
    @Op(value = "toys.admin.read", access = Access.ROOT_ADMIN, summary = "For admins")
    public View admin() {
      return new View("admin", 0);
    }

    @POST
    @Path("broken")
    @Op(value = "toys.broken.create", access = Access.TENANT, summary = "Fails")
    public View broken() {
      throw new IllegalStateException("secret-text");
    }

    @POST
    @Path("upload")
    @Consumes("application/gzip")
    @BodyLimit(3000)
    @Op(value = "toys.upload.create", access = Access.TENANT, summary = "Takes bytes")
    public View upload(InputStream body) throws IOException {
      return new View("bytes", body.readAllBytes().length);
    }

    @GET
    @Path("limited")
    @RateLimit(calls = 2, seconds = 3600)
    @PublicOp(value = "toys.limited.read", reason = "toy", summary = "Limited")
    public View limited() {
      return new View("limited", 0);
    }

    @GET
    @Path("ticks")
    @Op(value = "toys.tick.stream", access = Access.TENANT, summary = "Three ticks")
    public Sse ticks(@HeaderParam("Last-Event-ID") @Nullable String last) {
      return new Sse(
          "toy",
          last,
          id -> {
            var next = id == null ? 1 : Integer.parseInt(id) + 1;
            return new Sse.Batch(
                List.of(new Sse.Event("" + next, null, new View("tick", next))), next == 3);
          });
    }

    @GET
    @Path("waiting")
    @Op(value = "toys.waiting.stream", access = Access.TENANT, summary = "Waits")
    public Sse waiting() {
      return new Sse(
          "toy",
          null,
          id ->
              ready
                  ? new Sse.Batch(List.of(new Sse.Event("9", null, new View("woken", 9))), true)
                  : new Sse.Batch(List.of(), false));
    }
  }
}
