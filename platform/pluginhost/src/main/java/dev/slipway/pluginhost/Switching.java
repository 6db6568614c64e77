package dev.slipway.pluginhost;

import dev.slipway.api.ErrorKind;
import dev.slipway.api.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.osgi.framework.BundleException;

/** Switches bundles on and off, with what they need and what needs them in mind. */
final class Switching {
  private final Plugins plugins;
  private final Bundles bundles;
  private final Activation activation;
  private final Conditions conditions;
  private final Consent consent;
  private final Running running;

  Switching(
      Plugins plugins,
      Bundles bundles,
      Activation activation,
      Conditions conditions,
      Consent consent,
      Running running) {
    this.plugins = plugins;
    this.bundles = bundles;
    this.activation = activation;
    this.conditions = conditions;
    this.consent = consent;
    this.running = running;
  }

  void enable(String id) throws BundleException, IOException {
    var row = plugins.known(id);
    if (row.enabled() && row.quarantine() == null && bundles.isActive(id)) {
      return;
    }
    conditions.requireApi(row);
    try {
      var bundle = conditions.sound(row);
      conditions.requireDependencies(bundle);
      consent.toAll(row);
      activation.start(bundle);
    } catch (PlatformException failure) {
      if (failure.code().kind() == ErrorKind.UNPROCESSABLE) {
        plugins.failed(row, failure);
      }
      running.forget(id);
      running.note(id);
      throw failure;
    }
    running.enabled(row);
  }

  void disable(String id, Duration drain, boolean cascade) {
    conditions.requireNotCore(id);
    plugins.known(id);
    var order = new LinkedHashSet<String>();
    collect(id, cascade, order);
    for (var each : order) {
      running.disable(plugins.known(each), drain);
    }
  }

  /** Gathers a bundle behind all that need it; refuses where that is not allowed. */
  private void collect(String id, boolean cascade, LinkedHashSet<String> order) {
    conditions.requireNotCore(id);
    var users =
        bundles.find(id).map(bundles::usedBy).orElse(List.of()).stream()
            .filter(bundles::isActive)
            .toList();
    if (!users.isEmpty() && !cascade) {
      throw PluginError.NEEDED.of(id, String.join(", ", users));
    }
    users.forEach(user -> collect(user, true, order));
    order.add(id);
  }

  /** Stops and quarantines what must not run any more. */
  void expel() {
    for (var row : plugins.all()) {
      var objection = conditions.objection(row);
      if (objection != null) {
        running.expel(row, objection);
      }
    }
  }
}
