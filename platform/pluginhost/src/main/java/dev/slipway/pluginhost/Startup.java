package dev.slipway.pluginhost;

import dev.slipway.api.PlatformException;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.http.Routes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the framework to what was wanted before the last stop. */
final class Startup {
  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
  private static final Pattern API_IMPORT =
      Pattern.compile("dev\\.slipway\\.api;version=\"([\\[(][^\"]+)\"");

  private final Plugins plugins;
  private final PluginFolder folder;
  private final Bundles bundles;
  private final Descriptions descriptions;
  private final Activation activation;
  private final Routes routes;

  Startup(
      Plugins plugins,
      PluginFolder folder,
      Bundles bundles,
      Descriptions descriptions,
      Activation activation,
      Routes routes) {
    this.plugins = plugins;
    this.folder = folder;
    this.bundles = bundles;
    this.descriptions = descriptions;
    this.activation = activation;
    this.routes = routes;
  }

  /**
   * Keeps features that the operator has disabled from starting; this part starts before all of
   * them.
   */
  void holdBack() {
    var rows = rows();
    for (var bundle : bundles.features()) {
      var row = rows.get(bundle.getSymbolicName());
      if (row != null && !row.enabled()) {
        bundles.stop(bundle);
        routes.noteAbsent(row.id(), row.routes());
      }
    }
  }

  /**
   * Brings the features' records up to date and starts the enabled plugins, once all features are
   * up.
   */
  void run() throws IOException {
    var rows = rows();
    for (var bundle : bundles.features()) {
      record(bundle, rows.remove(bundle.getSymbolicName()));
    }
    bundles.keepDigests();
    var installed = new LinkedHashMap<Bundle, PluginRow>();
    for (var row : rows.values()) {
      if (row.kind() == Kind.FEATURE) {
        plugins.gone(row);
      } else {
        install(row, installed);
      }
    }
    // Together, so that plugins that use each other find each other whatever their order.
    bundles.resolve(installed.keySet());
    for (var bundle : bundles.usedFirst(installed.keySet())) {
      start(Objects.requireNonNull(installed.get(bundle)), bundle);
    }
    folder.sweep(rows.values().stream().map(PluginRow::file).collect(Collectors.toSet()));
  }

  private Map<String, PluginRow> rows() {
    return plugins.all().stream()
        .collect(
            Collectors.toMap(PluginRow::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  private void record(Bundle bundle, PluginRow known) {
    var id = bundle.getSymbolicName();
    var row =
        plugins.feature(describe(bundle), bundles.digest(bundle), known, served(bundle, known));
    if (!row.equals(known)) {
      plugins.recorded(row);
    }
    if (bundle.getState() != Bundle.ACTIVE && row.enabled()) {
      LOG.warn("{} is enabled and does not run", id);
    }
  }

  private List<String> served(Bundle bundle, PluginRow known) {
    var before = known == null ? List.<String>of() : known.routes();
    return bundle.getState() == Bundle.ACTIVE ? routes.paths(bundle.getSymbolicName()) : before;
  }

  private void install(PluginRow row, Map<Bundle, PluginRow> installed) throws IOException {
    routes.noteAbsent(row.id(), row.routes());
    if (!folder.holds(row)) {
      plugins.quarantined(row, Conditions.CHANGED);
      return;
    }
    var objection = descriptions.objection(row);
    if (objection != null) {
      plugins.quarantined(row, objection);
      return;
    }
    try {
      installed.put(bundles.install(row, folder.path(row)), row);
    } catch (BundleException failure) {
      plugins.quarantined(row, String.valueOf(failure.getMessage()));
    }
  }

  private void start(PluginRow row, Bundle bundle) {
    if (!row.enabled() || row.quarantine() != null || descriptions.misfit(row) != null) {
      return;
    }
    try {
      for (var needed : bundles.uses(bundle)) {
        if (!bundles.isActive(needed)) {
          throw PluginError.DEPENDENCY_DISABLED.of(row.id(), needed);
        }
      }
      activation.start(bundle);
      plugins.serves(row, routes.paths(row.id()));
    } catch (PlatformException failure) {
      LOG.error("{} is kept out: {}", row.id(), failure.getMessage());
      plugins.failed(row, failure);
    } catch (RuntimeException | LinkageError failure) {
      LOG.error("{} is kept out", row.id(), failure);
      plugins.failed(row, PluginError.START.of(row.id(), failure.toString()));
    }
  }

  private static Manifest describe(Bundle bundle) {
    var headers = bundle.getHeaders("");
    var imports = API_IMPORT.matcher(Objects.requireNonNullElse(headers.get("Import-Package"), ""));
    return new Manifest(
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        headers.get("Bundle-Name"),
        "Slipway",
        headers.get("Bundle-Description"),
        imports.find() ? imports.group(1) : "",
        List.of(),
        List.of(),
        Map.of());
  }
}
