package com.example.greeting;

import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.api.spi.ScriptHook;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Lets tenants' scripts choose the words of a greeting. */
@Component(service = {ScriptHook.class, Wording.class})
public final class Wording implements ScriptHook {
  private static final String NAME = "greeting.wording";

  private volatile @Nullable Scripts scripts;

  /** The feature that runs scripts, as long as it is there. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  public void setScripts(Scripts running) {
    scripts = running;
  }

  /** It goes. */
  public void unsetScripts(Scripts running) {
    if (scripts == running) {
      scripts = null;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Runs before somebody is greeted; the text that it returns takes the usual one's place.";
  }

  @Override
  public String input() {
    return """
        { "type": "object", "required": ["name", "usual"], "additionalProperties": false,
          "properties": {
            "name": { "type": "string", "description": "Who is greeted" },
            "usual": { "type": "string", "description": "The greeting without a script" } } }
        """;
  }

  @Override
  public String result() {
    return "{ \"type\": \"string\", \"minLength\": 1, \"maxLength\": 200 }";
  }

  @Override
  public String sampleEvent() {
    return "{ \"name\": \"Ada\", \"usual\": \"Hello, Ada!\" }";
  }

  /** The words of the last script that has some; scripts that fail change nothing. */
  String of(UUID tenantId, String name, String usual) {
    var running = scripts;
    if (running == null || !running.attached(tenantId, NAME)) {
      return usual;
    }
    try {
      Map<String, @Nullable Object> event = Map.of("name", name, "usual", usual);
      return running.run(tenantId, NAME, event, new ScriptTrigger("greeting", null)).stream()
          .filter(ScriptRun::succeeded)
          .map(run -> String.valueOf(run.result()))
          .reduce(usual, (before, last) -> last);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return usual;
    }
  }
}
