package dev.slipway.scripts.service;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code api.kv.delete}. */
@Component(service = ScriptApi.class)
public final class EntryDelete implements ScriptApi {
  private final Entries entries;

  @Activate
  public EntryDelete(@Reference Entries entries) {
    this.entries = entries;
  }

  @Override
  public String name() {
    return "kv.delete";
  }

  @Override
  public String summary() {
    return "Forgets what is kept under a key; returns whether there was anything.";
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
        {"type":["boolean","null"]}
        """;
  }

  @Override
  public boolean effect(ScriptCall call) {
    return true;
  }

  @Override
  public String describe(ScriptCall call) {
    return "forget " + call.text(0);
  }

  @Override
  public @Nullable Object call(ScriptCall call) {
    return entries.delete(call, Objects.requireNonNull(call.text(0)));
  }
}
