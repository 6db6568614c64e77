package dev.slipway.pluginhost;

import dev.slipway.http.Routes;
import dev.slipway.store.Migrations;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/**
 * The framework as the host handles it: bundles by name, who uses whom, and starting with proof.
 */
final class Bundles {
  /** Features start at this level, plugins one behind; what is below is the platform itself. */
  static final int FEATURE_LEVEL = 4;

  private static final Pattern MISSING =
      Pattern.compile("missing requirement \\[[^\\]]*\\] ([^;\\]]+; [^\\]]*?\\)+)");

  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final Migrations migrations;
  private final Routes routes;

  Bundles(
      BundleContext context,
      ServiceComponentRuntime components,
      Migrations migrations,
      Routes routes) {
    this.context = context;
    this.components = components;
    this.migrations = migrations;
    this.routes = routes;
  }

  List<Bundle> features() {
    var features = new ArrayList<Bundle>();
    for (var bundle : context.getBundles()) {
      var level = bundle.adapt(BundleStartLevel.class);
      if (level != null
          && level.getStartLevel() == FEATURE_LEVEL
          && bundle.getEntry("plugin.json") == null) {
        features.add(bundle);
      }
    }
    return features;
  }

  /** The newest installed bundle of this name. */
  Optional<Bundle> find(String id) {
    Bundle found = null;
    for (var bundle : context.getBundles()) {
      if (id.equals(bundle.getSymbolicName())
          && (found == null || bundle.getVersion().compareTo(found.getVersion()) > 0)) {
        found = bundle;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Version of the plugin API that is served. */
  Version apiVersion() {
    var api = context.getBundle("dev.slipway.api");
    var bundle =
        api != null ? api : find("dev.slipway.api").orElseThrow(IllegalStateException::new);
    return bundle
        .adapt(BundleWiring.class)
        .getCapabilities(BundleRevision.PACKAGE_NAMESPACE)
        .stream()
        .filter(
            it ->
                "dev.slipway.api".equals(it.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE)))
        .map(it -> (Version) it.getAttributes().get("version"))
        .findFirst()
        .orElseThrow(IllegalStateException::new);
  }

  Bundle install(String location, java.nio.file.Path file)
      throws BundleException, java.io.IOException {
    try (var bytes = java.nio.file.Files.newInputStream(file)) {
      var bundle = context.installBundle(location, bytes);
      bundle.adapt(BundleStartLevel.class).setStartLevel(FEATURE_LEVEL + 1);
      return bundle;
    }
  }

  /**
   * Resolves, migrates, starts and proves a bundle; on failure it is stopped again and the reason
   * thrown.
   */
  void start(Bundle bundle) {
    resolve(bundle);
    try {
      migrations.migrate(bundle);
    } catch (RuntimeException failure) {
      throw PluginError.MIGRATION.of(reason(failure));
    }
    try {
      bundle.start();
      prove(bundle);
    } catch (BundleException failure) {
      stop(bundle);
      throw PluginError.START.of(reason(failure));
    } catch (RuntimeException failure) {
      stop(bundle);
      throw failure;
    }
  }

  private void resolve(Bundle bundle) {
    var framework = context.getBundle(0).adapt(FrameworkWiring.class);
    if (!framework.resolveBundles(List.of(bundle))) {
      throw PluginError.UNRESOLVED.of(unresolved(bundle));
    }
  }

  private static String unresolved(Bundle bundle) {
    try {
      // Starting is what makes the framework say which requirement is missing.
      bundle.start(Bundle.START_TRANSIENT);
      return "resolved on the second attempt";
    } catch (BundleException failure) {
      var matcher = MISSING.matcher(Objects.requireNonNullElse(failure.getMessage(), ""));
      return matcher.find() ? "it needs " + matcher.group(1) : "a requirement is missing";
    }
  }

  private void prove(Bundle bundle) {
    for (var component : components.getComponentDescriptionDTOs(bundle)) {
      for (var configuration : components.getComponentConfigurationDTOs(component)) {
        if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
          throw PluginError.START.of(component.name + ": " + firstLine(configuration.failure));
        }
        if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
          throw PluginError.START.of(component.name + " misses a service it references");
        }
      }
    }
    var refusal = routes.settle(bundle.getSymbolicName());
    if (!refusal.isEmpty()) {
      throw PluginError.ROUTES.of(String.join("; ", refusal));
    }
  }

  void stop(Bundle bundle) {
    try {
      bundle.stop();
    } catch (BundleException failure) {
      throw new IllegalStateException(bundle.getSymbolicName() + " did not stop", failure);
    }
  }

  void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException failure) {
      throw new IllegalStateException(bundle.getSymbolicName() + " did not go", failure);
    }
    // Without exports nobody is wired to it: the refresh touches this bundle alone.
    context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle));
  }

  /** Names of house bundles and plugins whose packages a bundle uses. */
  List<String> uses(Bundle bundle) {
    var wiring = bundle.adapt(BundleWiring.class);
    var names = new TreeSet<String>();
    if (wiring != null) {
      for (var wire : wiring.getRequiredWires(BundleRevision.PACKAGE_NAMESPACE)) {
        note(wire.getProvider().getBundle(), bundle, names);
      }
    }
    return List.copyOf(names);
  }

  /** Names of house bundles and plugins that use a bundle's packages. */
  List<String> usedBy(Bundle bundle) {
    var wiring = bundle.adapt(BundleWiring.class);
    var names = new TreeSet<String>();
    if (wiring != null) {
      for (var wire : wiring.getProvidedWires(BundleRevision.PACKAGE_NAMESPACE)) {
        note(wire.getRequirer().getBundle(), bundle, names);
      }
    }
    return List.copyOf(names);
  }

  private static void note(Bundle other, Bundle bundle, TreeSet<String> names) {
    var level = other.adapt(BundleStartLevel.class);
    if (!other.equals(bundle) && level != null && level.getStartLevel() >= FEATURE_LEVEL) {
      names.add(other.getSymbolicName());
    }
  }

  private static String reason(Throwable failure) {
    var root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return firstLine(
        Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName()));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
