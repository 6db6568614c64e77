package dev.slipway.pluginhost;

import dev.slipway.api.plugin.PluginInfo;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.api.plugin.PluginInfo.State;
import dev.slipway.api.plugin.PluginTrust;
import dev.slipway.http.Routes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Bundles as operators see them: what is kept of each, and what the framework says of it now. */
final class Descriptions {
  /**
   * Together with all below the features' start level these are what the platform can not be
   * without.
   */
  private static final Set<String> CORE =
      Set.of(
          "dev.slipway.accounts",
          "dev.slipway.admin",
          "dev.slipway.console",
          "dev.slipway.plugins");

  private final Plugins plugins;
  private final Bundles bundles;
  private final Routes routes;
  private final Trust trust;

  Descriptions(Plugins plugins, Bundles bundles, Routes routes, Trust trust) {
    this.plugins = plugins;
    this.bundles = bundles;
    this.routes = routes;
    this.trust = trust;
  }

  List<PluginInfo> all() {
    var failures = plugins.lastFailures();
    var keys = trust.keys();
    return plugins.all().stream().map(row -> describe(row, failures.get(row.id()), keys)).toList();
  }

  PluginInfo one(String id) {
    var row = plugins.known(id);
    return describe(row, plugins.lastFailures().get(id), trust.keys());
  }

  boolean isCore(String id) {
    return CORE.contains(id) || bundles.isPlatform(id);
  }

  /** Why a plugin does not suit the API that is served; null where it does. */
  @Nullable String misfit(PluginRow row) {
    var manifest = plugins.manifest(row);
    var served = bundles.apiVersion();
    return row.kind() == Kind.FEATURE || manifest.suits(served)
        ? null
        : "it wants plugin API " + manifest.api() + "; this platform serves " + served;
  }

  /** Why the operator's trust does not reach so far; null where it does. */
  @Nullable String objection(PluginRow row) {
    return trust.objection(row);
  }

  private PluginInfo describe(
      PluginRow row, @Nullable String lastFailure, List<PluginTrust.Key> keys) {
    var bundle = bundles.find(row.id());
    var manifest = plugins.manifest(row);
    var state = state(row, bundle.orElse(null));
    var reason =
        switch (state) {
          case QUARANTINED -> row.quarantine();
          case INCOMPATIBLE -> misfit(row);
          case FAILED -> lastFailure;
          case ACTIVE, DISABLED, STARTING, STOPPING -> null;
        };
    return new PluginInfo(
        row.id(),
        manifest.name(),
        row.release(),
        manifest.vendor(),
        manifest.description(),
        row.kind(),
        isCore(row.id()),
        state,
        reason,
        manifest.api(),
        row.digest(),
        Trust.signature(row.signedBy(), keys),
        bundle.map(bundles::uses).orElse(List.of()),
        bundle.map(bundles::usedBy).orElse(List.of()),
        routes.operations(row.id()).size(),
        manifest.events(),
        row.installedAt(),
        row.stateChangedAt());
  }

  private State state(PluginRow row, @Nullable Bundle bundle) {
    if (row.quarantine() != null) {
      return State.QUARANTINED;
    }
    if (misfit(row) != null) {
      return State.INCOMPATIBLE;
    }
    return switch (bundle == null ? Bundle.UNINSTALLED : bundle.getState()) {
      case Bundle.ACTIVE -> State.ACTIVE;
      case Bundle.STARTING -> State.STARTING;
      case Bundle.STOPPING -> State.STOPPING;
      default -> row.enabled() ? State.FAILED : State.DISABLED;
    };
  }
}
