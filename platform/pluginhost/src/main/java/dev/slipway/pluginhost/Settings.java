package dev.slipway.pluginhost;

import dev.slipway.api.platform.Json;
import dev.slipway.api.plugin.PluginSettings;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The settings of one bundle; whoever asks for them gets its own. */
@Component(service = PluginSettings.class, scope = ServiceScope.BUNDLE)
public final class Settings implements PluginSettings {
  private final StoredSettings stored;
  private final String id;
  private final SettingsSchema schema;
  private volatile @Nullable Opened opened;

  @Activate
  public Settings(
      ComponentContext context, @Reference StoredSettings stored, @Reference Json json) {
    this.stored = stored;
    var bundle = context.getUsingBundle();
    id = bundle.getSymbolicName();
    schema = SettingsSchema.of(Manifest.of(bundle, json));
  }

  @Override
  public Map<String, @Nullable Object> current() {
    // Asked each time, so that no node works on with what was replaced on another.
    var sealed = stored.sealed(id);
    var known = opened;
    if (known == null || !known.sealed.equals(sealed)) {
      known = new Opened(sealed, schema.complete(stored.open(id, schema, sealed)));
      opened = known;
    }
    return Collections.unmodifiableMap(known.values);
  }

  /** Opening secrets and checking values is dear; it is done once for what is stored. */
  private record Opened(
      Map<String, @Nullable Object> sealed, Map<String, @Nullable Object> values) {}
}
