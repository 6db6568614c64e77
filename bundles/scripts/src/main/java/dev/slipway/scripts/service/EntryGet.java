package dev.slipway.scripts.service;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code api.kv.get}. */
@Component(service = ScriptApi.class)
public final class EntryGet implements ScriptApi {
  private final Entries entries;

  @Activate
  public EntryGet(@Reference Entries entries) {
    this.entries = entries;
  }

  @Override
  public String name() {
    return "kv.get";
  }

  @Override
  public String summary() {
    return "Reads what the script has kept under a key; null where there is nothing.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","minItems":1,"maxItems":1,"prefixItems":[{"title":"key","type":"string","minLength":1,"maxLength":200}]}
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
    return false;
  }

  @Override
  public @Nullable Object call(ScriptCall call) {
    return entries.get(call, Objects.requireNonNull(call.text(0)));
  }
}
