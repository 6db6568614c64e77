package dev.slipway.pluginhost;

import java.io.IOException;
import org.osgi.framework.Bundle;
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
  void bring(PluginRow row, PluginFolder.Upload upload, Runnable record) throws IOException {
    var bundle = installed(row, upload);
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

  private Bundle installed(PluginRow row, PluginFolder.Upload upload) throws IOException {
    try {
      return bundles.install(row, upload.path());
    } catch (BundleException refused) {
      throw PluginError.NOT_A_BUNDLE.at("body", reason(refused));
    }
  }

  /** The framework says what is wrong with a header, or wraps who says it. */
  private static String reason(BundleException refused) {
    Throwable first = refused;
    while (first.getCause() != null && first.getCause().getMessage() != null) {
      first = first.getCause();
    }
    return String.valueOf(first.getMessage());
  }
}
