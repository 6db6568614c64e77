package dev.slipway.scripts.service;

import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code api.kv.list}. */
@Component(service = ScriptApi.class)
public final class EntryList implements ScriptApi {
  private final Entries entries;

  @Activate
  public EntryList(@Reference Entries entries) {
    this.entries = entries;
  }

  @Override
  public String name() {
    return "kv.list";
  }

  @Override
  public String summary() {
    return "Lists the keys that start with a prefix, at most 1000.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","maxItems":1,"prefixItems":[{"title":"prefix","type":["string","null"],"maxLength":200}]}
        """;
  }

  @Override
  public String result() {
    return """
        {"type":"array","items":{"type":"string"}}
        """;
  }

  @Override
  public boolean effect(ScriptCall call) {
    return false;
  }

  @Override
  public @Nullable Object call(ScriptCall call) {
    return entries.keys(call, Objects.requireNonNullElse(call.text(0), ""));
  }
}
