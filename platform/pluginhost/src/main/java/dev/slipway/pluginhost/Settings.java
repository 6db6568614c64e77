package dev.slipway.pluginhost;

import dev.slipway.api.event.Events;
import dev.slipway.api.platform.Json;
import dev.slipway.api.plugin.PluginSettings;
import dev.slipway.data.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Hands every bundle its own settings. */
@Component(service = {}, immediate = true)
public final class Settings implements ServiceFactory<PluginSettings> {
  private final Plugins plugins;
  private final Json json;
  private final ServiceRegistration<?> registration;

  @Activate
  public Settings(
      BundleContext context,
      @Reference Database database,
      @Reference Events events,
      @Reference Json json) {
    plugins = new Plugins(database, events, json);
    this.json = json;
    registration = context.registerService(PluginSettings.class.getName(), this, null);
  }

  @Deactivate
  void close() {
    registration.unregister();
  }

  @Override
  public PluginSettings getService(
      Bundle bundle, ServiceRegistration<PluginSettings> registration) {
    var defaults = defaults(bundle);
    return () -> {
      var values = new HashMap<String, @Nullable Object>(defaults);
      plugins.find(bundle.getSymbolicName()).ifPresent(row -> values.putAll(row.settings()));
      return Map.copyOf(values);
    };
  }

  @Override
  public void ungetService(
      Bundle bundle, ServiceRegistration<PluginSettings> registration, PluginSettings settings) {
    // Nothing to close.
  }

  private Map<String, @Nullable Object> defaults(Bundle bundle) {
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
