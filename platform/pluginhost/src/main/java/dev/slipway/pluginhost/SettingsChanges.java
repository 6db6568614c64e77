package dev.slipway.pluginhost;

import dev.slipway.api.event.Signals;
import dev.slipway.api.event.Signals.Subscription;
import dev.slipway.api.platform.Json;
import dev.slipway.api.spi.SettingsListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells running plugins that their settings were changed, on whatever node that was. */
@Component(service = SettingsChanges.class, immediate = true)
public final class SettingsChanges {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsChanges.class);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final BundleContext context;
  private final Limits limits;
  private final StoredSettings stored;
  private final Signals signals;
  private final Json json;
  private final Plugins plugins;
  private final Map<SettingsListener, Subscription> listeners = new ConcurrentHashMap<>();

  @Activate
  public SettingsChanges(
      BundleContext context,
      @Reference StoredSettings stored,
      @Reference Signals signals,
      @Reference Limits limits,
      @Reference Kit kit) {
    this.limits = limits;
    this.context = context;
    this.stored = stored;
    this.signals = signals;
    json = kit.json();
    plugins = kit.plugins();
  }

  /** Raised when settings were replaced. */
  static String topic(String plugin) {
    return "plugin-settings:" + plugin;
  }

  /** Begins to tell a listener, each on a thread of its own. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeListener")
  public void addListener(SettingsListener listener, Map<String, Object> properties) {
    var bundle = context.getBundle((Long) properties.get("service.bundleid"));
    var topic = topic(bundle.getSymbolicName());
    listeners.put(listener, signals.on(topic, () -> tell(bundle, listener)));
  }

  /** Tells it no more. */
  public void removeListener(SettingsListener listener) {
    var subscription = listeners.remove(listener);
    if (subscription != null) {
      subscription.close();
    }
  }

  private void tell(Bundle bundle, SettingsListener listener) {
    var id = bundle.getSymbolicName();
    try {
      var schema = SettingsSchema.of(Manifest.of(bundle, json));
      var settings = schema.complete(stored.open(id, schema));
      if (Bundles.isPlugin(bundle)) {
        limits.run(bundle, LONGEST, () -> listener.changed(settings));
      } else {
        listener.changed(settings);
      }
    } catch (Exception | LinkageError failure) {
      LOG.warn("{} did not take its new settings", id, failure);
      plugins.stumbled(id, "it did not take its new settings: " + failure);
    }
  }
}
