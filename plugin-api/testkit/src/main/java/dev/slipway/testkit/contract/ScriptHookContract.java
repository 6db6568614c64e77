package dev.slipway.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.spi.ScriptHook;
import dev.slipway.store.json.JsonMappers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;

/** What every {@link ScriptHook} promises; for a {@code @TestFactory}. */
public final class ScriptHookContract {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private ScriptHookContract() {}

  /** The cases. */
  public static Stream<DynamicNode> tests(ScriptHook hook) {
    var cases = new Cases();
    cases.add("name is in form and stays", () -> Names.dotted(hook::name));
    cases.add("summary is there", () -> Assertions.assertFalse(hook.summary().isBlank()));
    cases.add("event, result and filter are described", () -> described(hook));
    cases.add("the sample has what the event must have", () -> sampled(hook));
    cases.add(
        "timeout is 1 ms to 30 s",
        () ->
            Assertions.assertTrue(
                hook.timeout().isPositive() && hook.timeout().compareTo(LONGEST) <= 0));
    return cases.all();
  }

  private static void described(ScriptHook hook) throws Exception {
    Assertions.assertEquals("object", json(hook.input()).path("type").asText(), "event");
    Assertions.assertEquals("object", json(hook.filter()).path("type").asText(), "filter");
    Assertions.assertTrue(json(hook.result()).isObject(), "result");
  }

  private static void sampled(ScriptHook hook) throws Exception {
    var sample = json(hook.sampleEvent());
    json(hook.input())
        .path("required")
        .forEach(it -> Assertions.assertTrue(sample.has(it.asText()), it + " is not in it"));
  }

  static JsonNode json(String text) throws Exception {
    return JsonMappers.PLATFORM.readTree(text);
  }
}
