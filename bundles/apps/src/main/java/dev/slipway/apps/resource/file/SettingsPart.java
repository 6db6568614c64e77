package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.platform.Json;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.file.FirstPart;
import dev.slipway.apps.resource.app.AppPayloads;
import dev.slipway.apps.service.app.AppService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The sections of the file that are settings of the app itself, by the names of the API. */
@Component(service = {FirstPart.class, AppFilePart.class})
public final class SettingsPart implements FirstPart {
  private static final Map<String, List<String>> MEMBERS = new LinkedHashMap<>();

  static {
    MEMBERS.put("app", List.of("slug", "name"));
    MEMBERS.put(
        "source",
        List.of(
            "source_type", "repository_id", "repository_url", "image", "branch", "root_directory"));
    MEMBERS.put(
        "build", List.of("framework", "dockerfile_path", "install_command", "build_command"));
    MEMBERS.put("run", List.of("start_command", "port", "health_check_path", "replicas"));
  }

  private final AppService service;
  private final Json json;

  /** Made by the component runtime. */
  @Activate
  public SettingsPart(@Reference AppService service, @Reference Json json) {
    this.service = service;
    this.json = json;
  }

  @Override
  public String schema() {
    return """
        {
          "app": {
            "type": "object", "additionalProperties": false, "required": ["slug", "name"],
            "properties": {
              "slug": {"type": "string", "maxLength": 63,
                "description": "Which app; it keeps its slug for life"},
              "name": {"type": "string", "maxLength": 63, "description": "For people"}
            }
          },
          "source": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "source_type": {"enum": ["github", "git", "image", "compose"], "default": "github"},
              "repository_id": {"type": "string", "format": "uuid"},
              "repository_url": {"type": "string", "maxLength": 2048},
              "image": {"type": "string", "maxLength": 512},
              "branch": {"type": "string", "minLength": 1, "maxLength": 200, "default": "main"},
              "root_directory": {"type": "string", "maxLength": 512}
            }
          },
          "build": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "framework": {"type": "string", "maxLength": 63},
              "dockerfile_path": {"type": "string", "maxLength": 512},
              "install_command": {"type": "string", "maxLength": 4096},
              "build_command": {"type": "string", "maxLength": 4096}
            }
          },
          "run": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "start_command": {"type": "string", "maxLength": 4096},
              "port": {"type": "integer", "minimum": 1, "maximum": 65535, "default": 3000},
              "health_check_path": {"type": "string", "minLength": 1, "maxLength": 1024,
                "default": "/"},
              "replicas": {"type": "integer", "minimum": 1, "maximum": 20, "default": 1}
            }
          }
        }
        """;
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    var view = json.members(AppPayloads.View.of(app));
    var sections = new LinkedHashMap<String, @Nullable Object>();
    MEMBERS.forEach(
        (section, names) -> {
          var members = new LinkedHashMap<String, @Nullable Object>();
          names.forEach(name -> members.put(name, view.get(name)));
          sections.put(section, members);
        });
    return sections;
  }

  @Override
  public App create(Caller caller, Map<String, @Nullable Object> sections) {
    var body = body(sections, AppPayloads.Create.class);
    return named(() -> service.create(caller, body.toDraft(), body.slug(), null));
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var body = body(sections, AppPayloads.Change.class);
    named(() -> service.update(caller, app.id(), new IfMatch(null), body::over));
    return List.of();
  }

  /** The sections as one body, whose type leaves out what it does not know. */
  private <T> T body(Map<String, @Nullable Object> sections, Class<T> type) {
    var members = new LinkedHashMap<Object, @Nullable Object>();
    sections.values().forEach(section -> members.putAll((Map<?, ?>) section));
    return json.read(json.write(members), type);
  }

  private static <T> T named(Supplier<T> call) {
    try {
      return call.get();
    } catch (PlatformException refusal) {
      throw refusal.withFields(
          refusal.fields().isEmpty()
              ? List.of(new FieldError("app", refusal.getMessage()))
              : refusal.fields().stream().map(SettingsPart::placed).toList());
    }
  }

  private static FieldError placed(FieldError fault) {
    var field = fault.field();
    return MEMBERS.entrySet().stream()
        .filter(section -> section.getValue().contains(field))
        .findFirst()
        .map(section -> new FieldError(section.getKey() + "." + field, fault.message()))
        .orElse(new FieldError("app", fault.message()));
  }
}
