package dev.slipway.apps.resource.file;

import dev.slipway.api.Caller;
import dev.slipway.apps.App;
import dev.slipway.apps.AppFilePart;
import dev.slipway.apps.Volume;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.service.runtime.VolumeService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The section {@code volumes} of the file: the mount path of each by its name. No file deletes what
 * a volume holds.
 */
@Component(service = AppFilePart.class)
public final class VolumesPart implements AppFilePart {
  private static final String NAME = "volumes";

  private final VolumeService service;

  /** Made by the component runtime. */
  @Activate
  public VolumesPart(@Reference VolumeService service) {
    this.service = service;
  }

  @Override
  public String schema() {
    return """
        {
          "volumes": {
            "type": "object",
            "additionalProperties": {"type": "string", "minLength": 2, "maxLength": 255,
              "description": "Where the app finds it"}
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
    var section = new LinkedHashMap<String, @Nullable Object>();
    service.list(caller, app.id()).forEach(each -> section.put(each.name(), each.mountPath()));
    return Map.of(NAME, section);
  }

  @Override
  public List<String> write(Caller caller, App app, Map<String, @Nullable Object> sections) {
    var wanted = new LinkedHashMap<String, String>();
    ((Map<?, ?>) Objects.requireNonNull(sections.get(NAME)))
        .forEach((name, path) -> wanted.put((String) name, (String) path));
    for (var volume : service.list(caller, app.id())) {
      if (!wanted.remove(volume.name(), volume.mountPath())) {
        remove(caller, app.id(), volume);
      }
    }
    // One that only moves finds its data again, by its name.
    wanted.forEach(
        (name, path) ->
            AppFilePart.at(NAME + "." + name, () -> service.create(caller, app.id(), name, path)));
    return List.of();
  }

  private void remove(Caller caller, UUID appId, Volume volume) {
    AppFilePart.at(
        NAME + "." + volume.name(),
        () -> {
          service.delete(caller, appId, volume.id(), VolumeFate.KEEP);
          return volume;
        });
  }

  @Override
  public Map<String, String> notes(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    return AppFilePart.noteRemoved(NAME, before, after, "what it holds is kept");
  }
}
