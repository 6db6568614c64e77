package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.data.Database;
import dev.slipway.testkit.contract.ExampleSuite;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** The suite itself: the platform's own operations pass, and each sort of fault is found. */
class ContractSuiteIT {
  static TestPlatform platform;
  static final UUID TENANT = Ids.next();
  static final UUID BOOK = Ids.next();
  static final java.nio.file.Path EXAMPLES = java.nio.file.Path.of("src/test/resources/examples");

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    var db = platform.database("events", dev.slipway.events.EventLog.class.getClassLoader());
    platform.register(new Shelf(db), new Careless(db));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @TestFactory
  Stream<DynamicNode> good() {
    Shelf.BOOKS.put(BOOK, TENANT);
    return platform
        .contract(TENANT)
        .features("platform", "shelf")
        .object("/api/shelf/{id}", BOOK)
        .tests();
  }

  @Test
  void findsFaults() {
    var failed =
        failed(
            platform
                .contract(TENANT)
                .features("careless")
                .object("/api/careless/{id}", BOOK)
                .tests());
    assertThat(failed)
        .contains(
            "careless.thing.read: object of another tenant",
            "careless.thing.read: unknown object",
            "careless.thing.list: query limit",
            "careless.thing.create: member name",
            "audit: careless.thing.create",
            "examples: each operation has one",
            "examples: careless.thing.read")
        .doesNotContain("careless.thing.read: no credential");
  }

  @TestFactory
  Stream<DynamicNode> goodExamples() {
    Shelf.BOOKS.put(BOOK, TENANT);
    return shelfExamples().object("/api/shelf/{id}", BOOK).tests();
  }

  private static ExampleSuite shelfExamples() {
    return platform.examples(TENANT, "shelf").folder(EXAMPLES);
  }

  @Test
  void examplesAreShownAsCommands() {
    var document = platform.anonymous().get("/api/docs/openapi.json");
    assertThat(document.at("/paths/~1api~1shelf/post/x-codeSamples/0/source"))
        .isEqualTo(
            """
            curl -X POST "$SLIPWAY_URL/api/shelf" \\
              -H "Authorization: Bearer $SLIPWAY_TOKEN" \\
              -H "X-Tenant-ID: $SLIPWAY_TENANT" \\
              -H "Content-Type: application/json" \\
              -d '{
              "title": "A reader'\\''s atlas"
            }'\
            """);
    assertThat(document.at("/paths/~1api~1shelf/get/x-codeSamples/0/source"))
        .startsWith("curl \"$SLIPWAY_URL/api/shelf?limit=20\"");
    assertThat(document.at("/paths/~1api~1shelf~1{id}/get/x-codeSamples/0/source"))
        .startsWith("curl \"$SLIPWAY_URL/api/shelf/019b76da-a800-7000-8000-000000000001\"");
  }

  @Test
  void findsExamplesThatAreNotTrue() {
    var faults =
        platform
            .examples(TENANT, "careless")
            .folder(EXAMPLES)
            .object("/api/careless/{id}", BOOK)
            .tests()
            .map(DynamicTest.class::cast)
            .filter(test -> !passes(test))
            .map(DynamicTest::getDisplayName);
    assertThat(faults)
        .containsExactlyInAnyOrder(
            "no example without operation",
            "careless.thing.list",
            "careless.thing.create",
            "careless.thing.read");
  }

  private static List<String> failed(Stream<DynamicNode> containers) {
    return containers
        .map(DynamicContainer.class::cast)
        .flatMap(
            container ->
                container
                    .getChildren()
                    .map(DynamicTest.class::cast)
                    .filter(test -> !passes(test))
                    .map(test -> container.getDisplayName() + ": " + test.getDisplayName()))
        .toList();
  }

  private static boolean passes(DynamicTest test) {
    try {
      test.getExecutable().execute();
      return true;
    } catch (TestAbortedException notHere) {
      return true;
    } catch (Throwable fault) {
      return false;
    }
  }

  /** Does what the platform promises. */
  @Path("/api/shelf")
  public static final class Shelf implements RestResource {
    static final Map<UUID, UUID> BOOKS = new ConcurrentHashMap<>();
    private final Database db;

    public Shelf(Database db) {
      this.db = db;
    }

    public record Book(@Size(min = 1, max = 40) String title) {}

    public record Books(int limit, long total) {}

    @GET
    @Op(value = "shelf.book.list", access = Access.TENANT, summary = "List")
    public Books list(@Context PageRequest page) {
      return new Books(page.limit(), BOOKS.size());
    }

    @POST
    @Op(value = "shelf.book.create", access = Access.TENANT_ADMIN, summary = "Add", status = 201)
    public Book create(@Context Caller caller, Book body) {
      db.run(Scope.of(caller), () -> BOOKS.put(Ids.next(), caller.tenantId()));
      return body;
    }

    @GET
    @Path("{id}")
    @Op(value = "shelf.book.read", access = Access.TENANT, summary = "Read")
    public Book read(@Context Caller caller, @PathParam("id") UUID id) {
      if (!caller.tenantId().equals(BOOKS.get(id))) {
        throw CommonError.NOT_FOUND.of("book");
      }
      return new Book("title");
    }
  }

  /** Forgets about other tenants, bounds, types and the audit. */
  @Path("/api/careless")
  public static final class Careless implements RestResource {
    private final Database db;

    public Careless(Database db) {
      this.db = db;
    }

    public record Things(String limit) {}

    @GET
    @Op(value = "careless.thing.list", access = Access.TENANT, summary = "List")
    public Things list(@QueryParam("limit") @DefaultValue("50") int limit) {
      return new Things("" + limit);
    }

    @POST
    @Op(value = "careless.thing.create", access = Access.TENANT, summary = "Add", status = 201)
    public Things create(@Context Caller caller, Loose body) {
      // A change that no transaction of this request carries.
      Thread.ofVirtual().start(() -> db.run(Scope.of(caller), () -> {}));
      return new Things("" + body.name().length());
    }

    @GET
    @Path("{id}")
    @Op(value = "careless.thing.read", access = Access.TENANT, summary = "Read")
    public Things read(@PathParam("id") UUID id) {
      return new Things(id.toString());
    }

    /** Says it is short, and takes anything. */
    public record Loose(Text name) {}

    public record Text(@com.fasterxml.jackson.annotation.JsonValue String text) {
      @com.fasterxml.jackson.annotation.JsonCreator(
          mode = com.fasterxml.jackson.annotation.JsonCreator.Mode.DELEGATING)
      static Text of(Object anything) {
        return new Text("" + anything);
      }

      int length() {
        return text.length();
      }
    }
  }
}
