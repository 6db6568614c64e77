package dev.slipway.pluginhost;

import dev.slipway.http.Routes;
import dev.slipway.store.json.JsonMappers;
import java.time.Duration;
import org.osgi.framework.Bundle;

/** Stops bundles, and keeps what is noted of them true to what runs. */
final class Running {
  private final Plugins plugins;
  private final Bundles bundles;
  private final Routes routes;
  private final GuardedCallbacks callbacks;

  Running(Plugins plugins, Bundles bundles, Routes routes, GuardedCallbacks callbacks) {
    this.plugins = plugins;
    this.bundles = bundles;
    this.routes = routes;
    this.callbacks = callbacks;
  }

  /** Stops a bundle; threads that it leaves running are told of and interrupted. */
  void stop(String id, Bundle bundle) {
    var left = bundles.stop(bundle);
    // Of what it has published or kept as JSON; its routes have seen to bodies.
    JsonMappers.forgetTypes();
    if (!left.isEmpty()) {
      plugins.stumbled(id, "it left threads running: " + String.join(", ", left));
    }
  }

  /** Stops it as the operator wants, after its requests or the time they are given. */
  void disable(PluginRow row, Duration drain) {
    bundles
        .find(row.id())
        .ifPresent(
            bundle -> {
              routes.drainFor(row.id(), drain);
              stop(row.id(), bundle);
              callbacks.forget(row.id());
            });
    if (row.enabled()) {
      plugins.disabled(row);
    }
  }

  /** Stops it and keeps it out. */
  void expel(PluginRow row, String objection) {
    bundles.find(row.id()).ifPresent(bundle -> stop(row.id(), bundle));
    callbacks.forget(row.id());
    routes.noteAbsent(row.id(), row.routes());
    plugins.quarantined(row, objection);
  }

  /** Stops it for good; its routes are unknown from now on. */
  void end(String id) {
    bundles
        .find(id)
        .ifPresent(
            bundle -> {
              stop(id, bundle);
              bundles.uninstall(bundle);
            });
    callbacks.forget(id);
    routes.forget(id);
  }

  /** It did not come up: nothing of it is kept. */
  void forget(String id) {
    callbacks.forget(id);
  }

  /** Notes what it serves, or that it serves nothing right now. */
  void note(String id) {
    var row = plugins.known(id);
    if (bundles.isActive(id)) {
      plugins.serves(row, routes.paths(id));
    } else {
      routes.noteAbsent(id, row.routes());
    }
  }

  /** It was started because the operator wants it. */
  void enabled(PluginRow row) {
    plugins.enabled(row, routes.paths(row.id()));
  }
}
