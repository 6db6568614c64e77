package dev.slipway.pluginhost;

import java.io.IOException;
import org.osgi.framework.BundleException;

/** Carries a file into the framework: all of it, or nothing. */
final class Carrier {
  private final Bundles bundles;
  private final Activation activation;
  private final Conditions conditions;

  Carrier(Bundles bundles, Activation activation, Conditions conditions) {
    this.bundles = bundles;
    this.activation = activation;
    this.conditions = conditions;
  }

  /** Refuses what must not come in whatever it contains. */
  void admit(PluginRow row) {
    conditions.requireTrust(row);
    conditions.requireApi(row);
  }

  /** Installs a file's bundle, running where it is wanted, and records it. */
  void bring(PluginRow row, PluginFolder.Upload upload, Runnable record)
      throws BundleException, IOException {
    var bundle = bundles.install(row, upload.path());
    try {
      if (row.enabled()) {
        conditions.requireDependencies(bundle);
        activation.start(bundle);
      } else {
        activation.resolve(bundle);
      }
      upload.keep();
      record.run();
    } catch (RuntimeException | IOException failure) {
      bundles.uninstall(bundle);
      throw failure;
    }
  }
}
