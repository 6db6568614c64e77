package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.ReleaseHook;
import dev.slipway.apps.resource.runtime.ReleaseHookPayloads.SetHook;
import dev.slipway.apps.service.runtime.ReleaseHookService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The section {@code release} of the file; without commands an app has no hook. */
@Component(service = AppFilePart.class)
public final class ReleasePart implements AppFilePart {
  private static final String NAME = "release";
  private static final String COMMANDS = "commands";
  private static final String TIMEOUT = "timeout_seconds";

  private final ReleaseHookService service;
  private final Json json;

  /** Made by the component runtime. */
  @Activate
  public ReleasePart(@Reference ReleaseHookService service, @Reference Json json) {
    this.service = service;
    this.json = json;
  }

  @Override
  public String schema() {
    return """
        {
          "release": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "commands": {
                "type": "array", "maxItems": 10, "default": [],
                "items": {"type": "string", "minLength": 1, "maxLength": 1000}
              },
              "timeout_seconds": {"type": "integer", "minimum": 1, "maximum": 3600,
                "default": 300}
            }
          }
        }
        """;
  }

  @Override
  public int order() {
    return 15;
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    var hook = service.find(caller, app.id()).orElse(null);
    return Map.of(
        NAME,
        Map.of(
            COMMANDS,
            hook == null ? List.of() : hook.commands(),
            TIMEOUT,
            hook == null ? ReleaseHook.USUAL_SECONDS : hook.timeoutSeconds()));
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var section = (Map<?, ?>) Objects.requireNonNull(sections.get(NAME));
    if (section.get(COMMANDS) instanceof List<?> none && none.isEmpty()) {
      if (service.find(caller, app.id()).isPresent()) {
        service.delete(caller, app.id());
      }
      return List.of();
    }
    var body = json.read(json.write(section), SetHook.class);
    AppFilePart.at(NAME, () -> service.set(caller, app.id(), body.toDraft()));
    return List.of();
  }
}
