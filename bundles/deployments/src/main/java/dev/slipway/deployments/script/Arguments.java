package dev.slipway.deployments.script;

import dev.slipway.api.Ids;
import dev.slipway.api.script.ScriptCall;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What scripts give to the functions, whose schemas say the rest. */
final class Arguments {
  private Arguments() {}

  /** Refuses what is no id. */
  static UUID id(ScriptCall call, int index) {
    return Ids.parse("appId", Objects.requireNonNull(call.text(index)));
  }

  static @Nullable UUID optionalId(ScriptCall call, String name) {
    var text = option(call, name);
    return text == null ? null : Ids.parse(name, text);
  }

  /** A member of the second argument. */
  static @Nullable String option(ScriptCall call, String name) {
    return call.argument(1) instanceof Map<?, ?> options ? (String) options.get(name) : null;
  }
}
