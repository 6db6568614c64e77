package dev.slipway.pluginhost;

import dev.slipway.api.event.Events;
import dev.slipway.api.platform.Json;
import dev.slipway.api.plugin.PluginSettings;
import dev.slipway.data.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The settings of one bundle; whoever asks for them gets its own. */
@Component(service = PluginSettings.class, scope = ServiceScope.BUNDLE)
public final class Settings implements PluginSettings {
  private final Plugins plugins;
  private final String id;
  private final Map<String, @Nullable Object> defaults;

  @Activate
  public Settings(
      ComponentContext context,
      @Reference Database database,
      @Reference Events events,
      @Reference Json json) {
    plugins = new Plugins(database, events, json);
    var bundle = context.getUsingBundle();
    id = bundle.getSymbolicName();
    defaults = defaults(bundle, json);
  }

  @Override
  public Map<String, @Nullable Object> current() {
    var values = new HashMap<String, @Nullable Object>(defaults);
    plugins.find(id).ifPresent(row -> values.putAll(row.settings()));
    return Collections.unmodifiableMap(values);
  }

  private static Map<String, @Nullable Object> defaults(Bundle bundle, Json json) {
    var entry = bundle.getEntry("plugin.json");
    if (entry == null) {
      return Map.of();
    }
    try (var in = entry.openStream()) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return json.read(text, Manifest.class).defaults();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
