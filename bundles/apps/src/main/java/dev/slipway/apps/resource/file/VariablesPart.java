package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.api.Patch;
import dev.slipway.api.platform.Json;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.apps.service.variable.EnvVarPatch;
import dev.slipway.apps.service.variable.EnvVarService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The section {@code variables} of the file: those of the app. */
@Component(service = AppFilePart.class)
public final class VariablesPart implements AppFilePart {
  private static final String NAME = "variables";
  private static final IfMatch ANY = new IfMatch(null);

  private final EnvVarService service;
  private final Json json;

  /** Made by the component runtime. */
  @Activate
  public VariablesPart(@Reference EnvVarService service, @Reference Json json) {
    this.service = service;
    this.json = json;
  }

  @Override
  public String schema() {
    return """
        {
          "variables": {"type": "object", "additionalProperties": %s}
        }
        """
        .formatted(
            WantedVariable.SCHEMA.formatted(
                """
                "stage_bindings": {"type": "array", "maxItems": 16, "default": [],
                  "items": {"enum": ["development", "preview", "staging", "production"]}},
                "description": {"type": "string", "maxLength": 500},
                """));
  }

  @Override
  public int order() {
    return 20;
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    return Map.of(NAME, WantedVariable.shown(service.list(caller, app.id())));
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var wanted = WantedVariable.all(json, NAME, sections.get(NAME));
    var current = new HashMap<String, EnvVar>();
    for (var variable : service.list(caller, app.id())) {
      if (wanted.containsKey(variable.key())) {
        current.put(variable.key(), variable);
      } else {
        service.delete(caller, app.id(), variable.id(), ANY);
      }
    }
    var needed = new ArrayList<String>();
    wanted.forEach(
        (key, variable) -> {
          var path = NAME + "." + key;
          var known = current.get(key);
          if (known != null) {
            AppFilePart.at(path, () -> update(caller, app.id(), known, variable));
          } else if (variable.isSecret()) {
            needed.add(path);
          } else {
            AppFilePart.at(path, () -> service.create(caller, app.id(), draft(key, variable)));
          }
        });
    return needed;
  }

  private EnvVar update(Caller caller, UUID appId, EnvVar known, WantedVariable wanted) {
    if (wanted.equals(WantedVariable.of(known))) {
      return known;
    }
    var patch =
        new EnvVarPatch(
            wanted.isSecret() ? Patch.absent() : Patch.of(wanted.clear()),
            Patch.of(wanted.isSecret()),
            Patch.of(wanted.stageBindings()),
            Patch.of(wanted.description()),
            Patch.of(wanted.phases()));
    return service.update(caller, appId, known.id(), ANY, patch);
  }

  private static EnvVarDraft draft(String key, WantedVariable wanted) {
    return new EnvVarDraft(
        key,
        wanted.clear(),
        wanted.isSecret(),
        wanted.stageBindings(),
        wanted.description(),
        wanted.phases());
  }
}
