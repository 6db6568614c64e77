package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.api.platform.Json;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.resource.runtime.RuntimePayloads;
import dev.slipway.apps.service.runtime.RuntimeService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The section {@code limits} of the file. */
@Component(service = AppFilePart.class)
public final class LimitsPart implements AppFilePart {
  private static final String NAME = "limits";

  private final RuntimeService service;
  private final Json json;

  /** Made by the component runtime. */
  @Activate
  public LimitsPart(@Reference RuntimeService service, @Reference Json json) {
    this.service = service;
    this.json = json;
  }

  @Override
  public String schema() {
    return """
        {
          "limits": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "cpu_cores": {"type": "number", "maximum": 1024},
              "memory_mb": {"type": "integer", "minimum": 16, "maximum": 4194304},
              "memory_reservation_mb": {"type": "integer", "minimum": 16, "maximum": 4194304},
              "pids_limit": {"type": "integer", "minimum": 1, "maximum": 2147483647}
            }
          }
        }
        """;
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public Map<String, @Nullable Object> read(Caller caller, App app) {
    var section = new LinkedHashMap<String, @Nullable Object>();
    service
        .limits(caller, app.id())
        .ifPresent(
            limits -> {
              section.put("cpu_cores", limits.cpuCores());
              section.put("memory_mb", limits.memoryMb());
              section.put("memory_reservation_mb", limits.memoryReservationMb());
              section.put("pids_limit", limits.pidsLimit());
            });
    return Map.of(NAME, section);
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var section = Objects.requireNonNull(sections.get(NAME));
    var body = json.read(json.write(section), RuntimePayloads.Limit.class);
    AppFilePart.at(NAME, () -> service.limit(caller, app.id(), body.toDraft()));
    return List.of();
  }
}
