package dev.slipway.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.offering.Offering;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.RemoteFailure.Reason;
import dev.slipway.api.offering.Setup;
import dev.slipway.store.json.JsonMappers;
import dev.slipway.testkit.RemoteHttp;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/**
 * An offering under test, and the other side that it speaks to.
 *
 * @param offering made with the parts of {@link dev.slipway.testkit.Parts}
 * @param side plays the other side
 * @param setup what a tenant sets up for another side at this address
 */
public record Remote<T extends Offering>(T offering, RemoteHttp side, Function<URI, Setup> setup) {
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_DESCRIPTION = 300;
  private static final long PATIENCE_SECONDS = 5;

  /** One use of the offering. */
  interface Use {
    void with(Setup setup) throws Exception;
  }

  Setup usual() {
    return setup.apply(side.url());
  }

  /** What it says of itself. */
  static void addDescription(Cases cases, Offering offering, Setup setup) {
    cases.add("key, name and description are in form and stay", () -> described(offering));
    cases.add("configuration is a schema that the setup fits", () -> configurable(offering, setup));
  }

  /** What every use does where the other side does not what it should. */
  void addFailures(Cases cases, Use use) {
    Map.of(401, Reason.CREDENTIALS, 403, Reason.CREDENTIALS, 400, Reason.REFUSED)
        .forEach((status, reason) -> add(cases, status, reason, use));
    Map.of(429, Reason.BUSY, 500, Reason.UNAVAILABLE, 503, Reason.UNAVAILABLE)
        .forEach((status, reason) -> add(cases, status, reason, use));
    cases.add(
        "nobody there is unavailable",
        () ->
            Assertions.assertEquals(
                Reason.UNAVAILABLE, failure(use, setup.apply(RemoteHttp.nobody())).reason()));
    cases.add("an interrupted use ends", () -> interrupted(use));
  }

  /** What a use does that needs something of the answer. */
  void addGarbage(Cases cases, Use use) {
    for (var answer : List.of("", "<html>", "[1]", "{}", "null", "{\"a\":")) {
      cases.add(
          "an answer that is not understood is a failure: '" + answer + "'",
          () -> {
            side.recover();
            side.fail(200, answer);
            Assertions.assertNotEquals(Reason.CREDENTIALS, failure(use, usual()).reason());
          });
    }
  }

  private void add(Cases cases, int status, Reason reason, Use use) {
    cases.add(
        "an answer " + status + " means " + reason,
        () -> {
          side.recover();
          side.fail(status, "{\"error\":\"on purpose\"}");
          var failure = failure(use, usual());
          Assertions.assertEquals(reason, failure.reason());
          Assertions.assertEquals(status, failure.status());
        });
  }

  /** The failure of a use that must fail; it tells no secret. */
  private RemoteFailure failure(Use use, Setup at) {
    var failure = Assertions.assertThrows(RemoteFailure.class, () -> use.with(at));
    Assertions.assertFalse(failure.getMessage().isBlank(), "the failure says nothing");
    for (var secret : secrets(offering)) {
      var value = at.text(secret);
      Assertions.assertTrue(
          value == null || !failure.getMessage().contains(value), "the failure tells " + secret);
    }
    return failure;
  }

  private void interrupted(Use use) throws Exception {
    side.recover();
    side.fallSilent();
    var ended = new AtomicReference<@Nullable Throwable>();
    var thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    use.with(usual());
                  } catch (Throwable end) {
                    ended.set(end);
                  }
                });
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (side.requests().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    Assertions.assertFalse(thread.isAlive(), "it goes on although it was interrupted");
    Assertions.assertTrue(
        ended.get() instanceof InterruptedException || ended.get() instanceof RemoteFailure,
        () -> "it ended with " + ended.get());
    side.recover();
  }

  private static void described(Offering offering) {
    Assertions.assertTrue(offering.key().matches(Offering.KEY), "key is not of the form");
    Assertions.assertEquals(offering.key(), offering.key(), "key changes");
    Assertions.assertFalse(offering.name().isBlank(), "name is blank");
    Assertions.assertTrue(offering.name().length() <= LONGEST_NAME, "name is too long");
    Assertions.assertFalse(offering.description().isBlank(), "description is blank");
    Assertions.assertTrue(
        offering.description().length() <= LONGEST_DESCRIPTION, "description is too long");
  }

  private static void configurable(Offering offering, Setup setup) {
    var schema = schema(offering);
    Assertions.assertEquals("object", schema.path("type").asText("object"), "no object");
    var properties = schema.path("properties");
    setup
        .values()
        .keySet()
        .forEach(name -> Assertions.assertTrue(properties.has(name), "it names no " + name));
    schema
        .path("required")
        .forEach(
            name ->
                Assertions.assertNotNull(
                    setup.text(name.asText()), "the setup of the test has no " + name));
    for (var secret : secrets(offering)) {
      var described = properties.path(secret);
      Assertions.assertEquals("string", described.path("type").asText(), secret + " is no text");
      Assertions.assertFalse(described.has("default"), secret + " has a default");
    }
    Assertions.assertEquals(offering.configuration(), offering.configuration(), "it changes");
  }

  private static List<String> secrets(Offering offering) {
    return schema(offering).path("properties").properties().stream()
        .filter(property -> property.getValue().path("writeOnly").asBoolean())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static JsonNode schema(Offering offering) {
    try {
      return JsonMappers.PLATFORM.readTree(offering.configuration());
    } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
      throw new AssertionError("the configuration is no JSON", malformed);
    }
  }
}
