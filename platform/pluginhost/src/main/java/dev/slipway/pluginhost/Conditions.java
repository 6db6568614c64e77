package dev.slipway.pluginhost;

import dev.slipway.api.plugin.PluginInfo.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What must hold before something is changed; each refuses with its reason. */
final class Conditions {
  static final String CHANGED = "its file is missing or was changed since it was installed";

  private final Plugins plugins;
  private final Bundles bundles;
  private final PluginFolder folder;
  private final Activation activation;
  private final Descriptions descriptions;

  Conditions(
      Plugins plugins,
      Bundles bundles,
      PluginFolder folder,
      Activation activation,
      Descriptions descriptions) {
    this.plugins = plugins;
    this.bundles = bundles;
    this.folder = folder;
    this.activation = activation;
    this.descriptions = descriptions;
  }

  void requireNotCore(String id) {
    if (descriptions.isCore(id)) {
      throw PluginError.CORE.of(id);
    }
  }

  void requireInstalled(PluginRow row) {
    if (row.kind() == Kind.FEATURE) {
      throw PluginError.SHIPPED.of(row.id());
    }
  }

  void requireApi(PluginRow row) {
    if (descriptions.misfit(row) != null) {
      var manifest = plugins.manifest(row);
      throw PluginError.API_RANGE.of(row.id(), manifest.api(), bundles.apiVersion());
    }
  }

  void requireTrust(PluginRow row) {
    var objection = objection(row);
    if (objection != null) {
      throw PluginError.UNTRUSTED.of(row.id(), objection);
    }
  }

  /** Why the operator's trust does not reach so far; null where it does. */
  @Nullable String objection(PluginRow row) {
    return descriptions.objection(row);
  }

  void requireDependencies(Bundle bundle) {
    activation.resolve(bundle);
    for (var needed : bundles.uses(bundle)) {
      if (!bundles.isActive(needed)) {
        throw PluginError.DEPENDENCY_DISABLED.of(bundle.getSymbolicName(), needed);
      }
    }
  }

  /** The bundle of a row, whose file is still the one that was installed. */
  Bundle sound(PluginRow row) throws BundleException, IOException {
    if (row.kind() == Kind.PLUGIN && !folder.holds(row)) {
      plugins.quarantined(row, CHANGED);
      throw PluginError.QUARANTINED.of(row.id(), CHANGED);
    }
    var objection = objection(row);
    if (objection != null) {
      plugins.quarantined(row, objection);
      throw PluginError.QUARANTINED.of(row.id(), objection);
    }
    var bundle = bundles.find(row.id());
    return bundle.isPresent() ? bundle.get() : bundles.install(row, folder.path(row));
  }
}
