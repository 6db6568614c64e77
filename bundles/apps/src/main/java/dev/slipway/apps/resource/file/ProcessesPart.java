package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.AppProcess;
import dev.slipway.apps.resource.runtime.ProcessPayloads;
import dev.slipway.apps.service.runtime.ProcessService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The section {@code processes} of the file, by their names. */
@Component(service = AppFilePart.class)
public final class ProcessesPart implements AppFilePart {
  private static final String NAME = "processes";

  private final ProcessService service;
  private final Json json;

  /** Made by the component runtime. */
  @Activate
  public ProcessesPart(@Reference ProcessService service, @Reference Json json) {
    this.service = service;
    this.json = json;
  }

  @Override
  public String schema() {
    return """
        {
          "processes": {
            "type": "object",
            "additionalProperties": {
              "type": "object", "additionalProperties": false, "required": ["command"],
              "properties": {
                "command": {"type": "string", "minLength": 1, "maxLength": 4096},
                "replicas": {"type": "integer", "minimum": 0, "maximum": 20, "default": 1}
              }
            }
          }
        }
        """;
  }

  @Override
  public int order() {
    return 12;
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    var section = new LinkedHashMap<String, @Nullable Object>();
    service
        .list(caller, app.id())
        .forEach(process -> section.put(process.name(), members(process)));
    return Map.of(NAME, section);
  }

  private static Map<String, Object> members(AppProcess process) {
    var members = new LinkedHashMap<String, Object>();
    members.put("command", process.command());
    members.put("replicas", process.replicas());
    return members;
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var wanted = new LinkedHashMap<String, ProcessPayloads.Put>();
    ((Map<?, ?>) Objects.requireNonNull(sections.get(NAME)))
        .forEach(
            (name, content) ->
                wanted.put(
                    (String) name, json.read(json.write(content), ProcessPayloads.Put.class)));
    service.list(caller, app.id()).stream()
        .map(AppProcess::name)
        .filter(name -> !wanted.containsKey(name))
        .forEach(name -> service.delete(caller, app.id(), name));
    wanted.forEach(
        (name, put) ->
            AppFilePart.at(
                NAME + "." + name,
                () -> service.put(caller, app.id(), name, put.command(), put.count())));
    return List.of();
  }
}
