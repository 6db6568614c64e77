package dev.slipway.scripts.service;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code api.kv.set}. */
@Component(service = ScriptApi.class)
public final class EntrySet implements ScriptApi {
  private final Entries entries;

  @Activate
  public EntrySet(@Reference Entries entries) {
    this.entries = entries;
  }

  @Override
  public String name() {
    return "kv.set";
  }

  @Override
  public String summary() {
    return "Keeps a value under a key until the script changes it; at most 1000 keys and 1 MiB in all.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","minItems":2,"maxItems":2,"prefixItems":[{"title":"key","type":"string","minLength":1,"maxLength":200},{"title":"value"}]}
        """;
  }

  @Override
  public String result() {
    return """
        {}
        """;
  }

  @Override
  public boolean effect(ScriptCall call) {
    return true;
  }

  @Override
  public String describe(ScriptCall call) {
    return "keep " + call.text(0);
  }

  @Override
  public @Nullable Object call(ScriptCall call) {
    entries.set(call, Objects.requireNonNull(call.text(0)), call.argument(1));
    return null;
  }
}
