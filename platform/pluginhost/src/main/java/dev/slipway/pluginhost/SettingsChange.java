package dev.slipway.pluginhost;

import dev.slipway.api.CurrentOperation;
import dev.slipway.api.FieldError;
import dev.slipway.api.event.Signals;
import dev.slipway.api.plugin.PluginRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Replaces what the operator has set; a secret that comes back masked stays as it is. */
final class SettingsChange {
  private final Plugins plugins;
  private final StoredSettings stored;
  private final Signals signals;

  SettingsChange(Plugins plugins, StoredSettings stored, Signals signals) {
    this.plugins = plugins;
    this.stored = stored;
    this.signals = signals;
  }

  PluginRegistry.Settings shown(PluginRow row) {
    var schema = SettingsSchema.of(plugins.manifest(row));
    return shown(schema, stored.open(row.id(), schema));
  }

  PluginRegistry.Settings replace(PluginRow row, Map<String, @Nullable Object> values) {
    var schema = SettingsSchema.of(plugins.manifest(row));
    var before = stored.open(row.id(), schema);
    var after = unmasked(row, schema, before, values);
    var faults = schema.check("values", after);
    if (!faults.isEmpty()) {
      throw PluginError.SETTINGS.of(row.id()).withFields(faults);
    }
    // What equals its default is not kept, so that a later version's default takes effect.
    schema.defaults().forEach((name, value) -> after.remove(name, value));
    CurrentOperation.detail("before", schema.masked(before));
    CurrentOperation.detail("after", schema.masked(after));
    CurrentOperation.detail("changed", changed(before, after));
    plugins.configured(
        row,
        () -> {
          stored.put(row.id(), schema, after);
          signals.raise(SettingsChanges.topic(row.id()));
        });
    return shown(schema, after);
  }

  private static Map<String, @Nullable Object> unmasked(
      PluginRow row,
      SettingsSchema schema,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> values) {
    var after = new LinkedHashMap<>(values);
    var faults = new ArrayList<FieldError>();
    for (var secret : schema.secrets()) {
      if (SettingsSchema.MASK.equals(after.get(secret))) {
        if (before.containsKey(secret)) {
          after.put(secret, before.get(secret));
        } else {
          faults.add(new FieldError("values." + secret, "is not set yet, so it can not be kept"));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw PluginError.SETTINGS.of(row.id()).withFields(faults);
    }
    return after;
  }

  private static Object changed(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
    return names;
  }

  private static PluginRegistry.Settings shown(
      SettingsSchema schema, Map<String, @Nullable Object> values) {
    return new PluginRegistry.Settings(schema.members(), schema.masked(schema.complete(values)));
  }
}
