package dev.slipway.scripts.service;

import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Times;
import dev.slipway.api.platform.Json;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.script.ScriptHost;
import dev.slipway.api.script.ScriptLimit;
import dev.slipway.api.script.ScriptStop;
import dev.slipway.scripts.ScriptsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one run reaches: checks each call, makes it or records it, and keeps the log. */
final class RunHost implements ScriptHost {
  private static final Logger LOG = LoggerFactory.getLogger(RunHost.class);
  private static final int MOST_EFFECTS = 20;
  private static final int MOST_LINES = 500;
  private static final int LONGEST_SUMMARY = 500;

  /** Whose run it is. */
  record Run(Caller owner, UUID scriptId, UUID executionId, boolean dry) {}

  private final Run run;
  private final Json json;
  private final Map<String, Function> functions;
  private final List<Map<String, @Nullable Object>> logs = new CopyOnWriteArrayList<>();
  private final List<Map<String, @Nullable Object>> effects = new CopyOnWriteArrayList<>();

  /**
   * Of a run.
   *
   * @param functions by name
   */
  RunHost(Run run, Json json, Map<String, Function> functions) {
    this.run = run;
    this.json = json;
    this.functions = functions;
  }

  /** Level, message and time of each line. */
  List<Map<String, @Nullable Object>> logs() {
    return logs;
  }

  /** Kind, summary and outcome of each effect. */
  List<Map<String, @Nullable Object>> effects() {
    return effects;
  }

  @Override
  public String call(String name, String arguments) throws InterruptedException, ScriptStop {
    var function = java.util.Objects.requireNonNull(functions.get(name), name);
    var given = list(name, arguments);
    var faults = function.arguments().mismatches(given);
    if (!faults.isEmpty()) {
      throw ScriptsError.ARGUMENTS_UNFIT.of(name + ": argument " + faults.getFirst());
    }
    @SuppressWarnings("unchecked")
    var call =
        new ScriptCall(
            run.owner(),
            run.scriptId(),
            run.executionId(),
            java.util.Collections.unmodifiableList((List<@Nullable Object>) given));
    var api = function.api();
    return json.write(api.effect(call) ? effect(function, call) : made(name, () -> api.call(call)));
  }

  /**
   * What can not be read is the script's doing: a name that is too long, nesting that is too deep.
   */
  private List<?> list(String name, String arguments) {
    try {
      return json.read(arguments, List.class);
    } catch (IllegalArgumentException unreadable) {
      throw ScriptsError.ARGUMENTS_UNFIT.of(name + ": the arguments can not be read as JSON");
    }
  }

  private @Nullable Object effect(Function function, ScriptCall call)
      throws InterruptedException, ScriptStop {
    if (effects.size() >= MOST_EFFECTS) {
      throw new ScriptStop(ScriptLimit.EFFECTS);
    }
    var api = function.api();
    // Before it is made: what is under way when the run ends is not left out.
    var effect = new LinkedHashMap<String, @Nullable Object>();
    effect.put("kind", api.name());
    effect.put("summary", cut(api.describe(call)));
    effect.put("outcome", "unknown");
    var index = effects.size();
    effects.add(effect);
    try {
      var result = made(api.name(), () -> run.dry() ? api.dry(call) : api.call(call));
      settle(index, effect, run.dry() ? "dry_run" : "done");
      return result;
    } catch (PlatformException refused) {
      settle(index, effect, "refused: " + refused.getMessage());
      throw refused;
    } catch (IllegalStateException failed) {
      settle(index, effect, "failed");
      throw failed;
    }
  }

  private void settle(int index, Map<String, @Nullable Object> effect, String outcome) {
    var settled = new LinkedHashMap<>(effect);
    settled.put("outcome", cut(outcome));
    effects.set(index, settled);
  }

  private interface Work {
    @Nullable Object run() throws Exception;
  }

  private static @Nullable Object made(String name, Work work) throws InterruptedException {
    try {
      return work.run();
    } catch (PlatformException | InterruptedException known) {
      throw known;
    } catch (Exception failure) {
      // A function of any bundle: what it throws is no news for the script, but for its operator.
      LOG.warn("the script function {} failed", name, failure);
      throw new IllegalStateException(name + " failed");
    }
  }

  @Override
  public void log(String level, String text) {
    if (logs.size() < MOST_LINES) {
      var line = new LinkedHashMap<String, @Nullable Object>();
      line.put("level", level);
      line.put("message", text);
      line.put("at", Times.now().toString());
      logs.add(line);
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_SUMMARY ? text : text.substring(0, LONGEST_SUMMARY);
  }
}
