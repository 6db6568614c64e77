package dev.slipway.scripts.service;

import dev.slipway.api.Role;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A function with an effect, as another bundle would bring it; for admins alone. */
public final class NoteFunction implements ScriptApi {
  /** What was noted, and by whom. */
  public final List<String> notes = new CopyOnWriteArrayList<>();

  @Override
  public String name() {
    return "notes.add";
  }

  @Override
  public String summary() {
    return "Notes a text.";
  }

  @Override
  public String arguments() {
    return "{\"type\":\"array\",\"minItems\":1,\"maxItems\":1,\"prefixItems\":[{\"title\":\"text\",\"type\":\"string\"}]}";
  }

  @Override
  public String result() {
    return "{\"type\":\"object\"}";
  }

  @Override
  public boolean effect(ScriptCall call) {
    return true;
  }

  @Override
  public Object call(ScriptCall call) {
    call.owner().require(Role.ADMIN);
    notes.add(call.text(0));
    return Map.of("count", notes.size());
  }

  @Override
  public String describe(ScriptCall call) {
    return "note " + call.text(0);
  }
}
