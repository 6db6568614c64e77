package dev.slipway.api.plugin;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A bundle's own settings: the defaults of its {@code plugin.json}, overlaid by what the operator
 * has set. What is asked for is always what holds now; whoever keeps something made of it
 * implements {@link dev.slipway.api.spi.SettingsListener}.
 */
@ProviderType
public interface PluginSettings {
  /** The settings as they are now; values are what JSON has. */
  Map<String, @Nullable Object> current();

  /** One setting as text; null where it has neither value nor default. */
  default @Nullable String text(String name) {
    var value = current().get(name);
    return value == null ? null : value.toString();
  }
}
