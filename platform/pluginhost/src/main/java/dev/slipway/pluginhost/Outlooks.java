package dev.slipway.pluginhost;

import dev.slipway.api.PlatformException;
import dev.slipway.api.plugin.PluginRegistry.Outlook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/** Finds out what a file would do by resolving it for a moment; nothing of it is started. */
final class Outlooks {
  private final Plugins plugins;
  private final Bundles bundles;
  private final Activation activation;
  private final Descriptions descriptions;
  private final Consent consent;
  private final Trust trust;

  Outlooks(
      Plugins plugins,
      Bundles bundles,
      Activation activation,
      Descriptions descriptions,
      Consent consent,
      Trust trust) {
    this.plugins = plugins;
    this.bundles = bundles;
    this.activation = activation;
    this.descriptions = descriptions;
    this.consent = consent;
    this.trust = trust;
  }

  Outlook of(PluginFolder.Upload upload) throws BundleException, IOException {
    var manifest = upload.manifest();
    var row = plugins.row(upload, false, List.of());
    var known = plugins.find(manifest.id());
    var faults = new ArrayList<String>();
    add(faults, descriptions.misfit(row));
    add(faults, descriptions.objection(row));
    var present = bundles.find(manifest.id());
    var touched = present.filter(Bundles::isPlugin).map(bundles::refreshedWith).orElse(List.of());
    var uses =
        known.filter(it -> it.release().equals(row.release())).isPresent()
            ? present.map(bundles::uses).orElse(List.of())
            : resolve(upload, faults);
    return new Outlook(
        row.id(),
        row.release(),
        known.map(PluginRow::release).orElse(null),
        Trust.signature(row.signedBy(), trust.keys()),
        faults.isEmpty(),
        faults,
        touched,
        uses,
        manifest.permissions(),
        known.map(it -> consent.more(it, manifest)).orElse(List.of()));
  }

  private List<String> resolve(PluginFolder.Upload upload, List<String> faults)
      throws BundleException, IOException {
    var bundle = bundles.install(upload);
    try {
      activation.resolve(bundle);
      return bundles.uses(bundle);
    } catch (PlatformException refusal) {
      faults.add(String.valueOf(refusal.getMessage()));
      return List.of();
    } finally {
      bundles.uninstall(bundle);
    }
  }

  private static void add(List<String> faults, @Nullable String fault) {
    if (fault != null) {
      faults.add(fault);
    }
  }
}
