package dev.slipway.testkit.contract;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.store.json.JsonMappers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;

/** What every {@link ScriptApi} promises; for a {@code @TestFactory}. */
public final class ScriptApiContract {
  private static final String NAME = "[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)+";
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int LONGEST_LINE = 500;

  private ScriptApiContract() {}

  /**
   * The cases.
   *
   * @param call one that can be carried out more than once
   */
  public static Stream<DynamicNode> tests(ScriptApi api, ScriptCall call) {
    var cases = new Cases();
    cases.add("name is in form and stays", () -> named(api));
    cases.add("summary is there", () -> Assertions.assertFalse(api.summary().isBlank()));
    cases.add("arguments and result are described", () -> described(api));
    cases.add(
        "effects are told in one line",
        () -> {
          Assertions.assertEquals(api.effect(call), api.effect(call), "effect changes");
          Assertions.assertTrue(api.describe(call).length() <= LONGEST_LINE, "too long");
          Assertions.assertEquals(1, api.describe(call).lines().count(), "lines");
        });
    cases.add("a dry call ends in time", () -> plain(() -> api.dry(call)));
    cases.add("a call gives plain JSON in time", () -> plain(() -> api.call(call)));
    return cases.all();
  }

  private static void named(ScriptApi api) {
    Assertions.assertTrue(
        api.name().matches(NAME), api.name() + " is not of the form words.joined");
    Assertions.assertEquals(api.name(), api.name(), "name changes");
  }

  private static void described(ScriptApi api) throws Exception {
    var arguments = ScriptHookContract.json(api.arguments());
    Assertions.assertEquals("array", arguments.path("type").asText(), "arguments");
    Assertions.assertTrue(ScriptHookContract.json(api.result()).isObject(), "result");
  }

  /** What comes back from JSON as it went there is plain. */
  private static void plain(org.junit.jupiter.api.function.ThrowingSupplier<Object> use)
      throws Exception {
    var value = Assertions.assertTimeoutPreemptively(LONGEST, use);
    var back =
        JsonMappers.PLATFORM.readValue(JsonMappers.PLATFORM.writeValueAsBytes(value), Object.class);
    Assertions.assertEquals(
        JsonMappers.PLATFORM.valueToTree(value).toString(),
        JsonMappers.PLATFORM.valueToTree(back).toString());
  }
}
