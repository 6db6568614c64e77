package dev.slipway.api.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears that an operator has changed the settings of the bundle that registers it. Only a bundle
 * that keeps something made of its settings, such as a connection, has need of it: {@link
 * dev.slipway.api.plugin.PluginSettings} always answers with what holds now.
 *
 * @since 1.2
 */
@ConsumerType
public interface SettingsListener {
  /**
   * Called after the change is committed, on every node, on a virtual thread and one call at a
   * time; changes in quick succession may make one call.
   *
   * @param settings defaults overlaid by what the operator has set; secrets are in the clear
   * @throws Exception is shown to operators as a failure of the plugin; the settings stay
   */
  void changed(Map<String, @Nullable Object> settings) throws Exception;
}
