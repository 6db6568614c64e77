package dev.slipway.pluginhost;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.VersionRange;

/**
 * A plugin's {@code plugin.json}.
 *
 * @param id symbolic name of the bundle
 * @param version bundle version
 * @param name for people
 * @param vendor who makes it
 * @param description one or two sentences
 * @param api range of the plugin API it was built for, such as {@code [1.0,2)}
 * @param events types of the events it publishes
 * @param permissions what it asks for
 * @param settings JSON Schema of its settings; defaults stand in {@code properties.*.default}
 */
record Manifest(
    String id,
    String version,
    String name,
    String vendor,
    String description,
    String api,
    List<String> events,
    List<String> permissions,
    Map<String, @Nullable Object> settings) {

  Manifest {
    id = Objects.requireNonNullElse(id, "");
    version = Objects.requireNonNullElse(version, "");
    name = Objects.requireNonNullElse(name, id);
    vendor = Objects.requireNonNullElse(vendor, "");
    description = Objects.requireNonNullElse(description, "");
    api = Objects.requireNonNullElse(api, "");
    events = List.copyOf(Objects.requireNonNullElse(events, List.of()));
    permissions = List.copyOf(Objects.requireNonNullElse(permissions, List.of()));
    settings = Map.copyOf(Objects.requireNonNullElse(settings, Map.of()));
  }

  /** The range as OSGi reads it. */
  VersionRange apiRange() {
    try {
      return VersionRange.valueOf(api);
    } catch (IllegalArgumentException malformed) {
      throw PluginError.NOT_A_BUNDLE.of("plugin.json: api must be a version range such as [1.0,2)");
    }
  }

  /** Values of the settings that have a default. */
  Map<String, @Nullable Object> defaults() {
    var defaults = new java.util.HashMap<String, @Nullable Object>();
    if (settings.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (setting, schema) -> {
            if (schema instanceof Map<?, ?> described && described.containsKey("default")) {
              defaults.put(setting.toString(), described.get("default"));
            }
          });
    }
    return defaults;
  }
}
