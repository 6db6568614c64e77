package com.example.greeting;

import dev.slipway.api.Ids;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One tenant has one script, which always returns the same. */
record OneScript(UUID owner, String returned) implements Scripts {
  @Override
  public boolean attached(UUID tenantId, String hook) {
    return tenantId.equals(owner);
  }

  @Override
  public List<ScriptRun> run(
      UUID tenantId, String hook, Map<String, @Nullable Object> event, ScriptTrigger trigger) {
    return List.of(runOne(tenantId, Ids.next(), event, trigger));
  }

  @Override
  public ScriptRun runOne(
      UUID tenantId, UUID scriptId, Map<String, @Nullable Object> event, ScriptTrigger trigger) {
    return new ScriptRun(
        Ids.next(), scriptId, "words", ScriptOutcome.Status.SUCCEEDED, returned, null);
  }
}
