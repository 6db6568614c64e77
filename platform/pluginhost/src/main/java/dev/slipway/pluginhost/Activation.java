package dev.slipway.pluginhost;

import dev.slipway.http.Routes;
import dev.slipway.store.Migrations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Starts a bundle with proof: it is up only when all its components and all its routes are. */
final class Activation {
  private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([^)]+)\\)");
  private static final Duration HEALTH = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Pattern CAUSE = Pattern.compile("^Caused by: ", Pattern.MULTILINE);

  private final Bundles bundles;
  private final ServiceComponentRuntime components;
  private final Migrations migrations;
  private final Routes routes;
  private final GuardedCallbacks callbacks;

  Activation(
      Bundles bundles,
      ServiceComponentRuntime components,
      Migrations migrations,
      Routes routes,
      GuardedCallbacks callbacks) {
    this.callbacks = callbacks;
    this.bundles = bundles;
    this.components = components;
    this.migrations = migrations;
    this.routes = routes;
  }

  /**
   * Resolves, migrates and starts it; where anything fails it is stopped again and the reason
   * thrown.
   */
  void start(Bundle bundle) {
    resolve(bundle);
    migrate(bundle);
    var id = bundle.getSymbolicName();
    routes.hold(id);
    try {
      bundles.start(bundle);
      proveComponents(bundle);
      proveHealth(bundle);
      proveRoutes(bundle);
    } catch (BundleException failure) {
      abandon(bundle);
      throw PluginError.START.of(id, reason(failure));
    } catch (RuntimeException failure) {
      abandon(bundle);
      throw failure;
    }
  }

  private void abandon(Bundle bundle) {
    bundles.stop(bundle);
    routes.settle(bundle.getSymbolicName());
  }

  /** Refuses where a requirement is not met; nothing is started, and no other bundle is touched. */
  void resolve(Bundle bundle) {
    var shared = bundles.shared(bundle);
    if (!shared.isEmpty()) {
      throw PluginError.UNRESOLVED.of(
          bundle.getSymbolicName(),
          "it exports packages of the platform: " + String.join(", ", shared));
    }
    var foreign = bundles.foreign(bundle);
    if (!foreign.isEmpty()) {
      throw PluginError.UNRESOLVED.of(
          bundle.getSymbolicName(),
          "it imports packages that are not for plugins: " + String.join(", ", foreign));
    }
    if (!bundles.resolve(List.of(bundle))) {
      var missing = missing(bundle.adapt(BundleRevision.class));
      throw PluginError.UNRESOLVED.of(
          bundle.getSymbolicName(),
          missing.isEmpty()
              ? "its requirements can not be met together"
              : "it needs " + String.join(", ", missing));
    }
  }

  private List<String> missing(BundleRevision revision) {
    return revision.getDeclaredRequirements(null).stream()
        .filter(Activation::isMandatory)
        .filter(requirement -> bundles.wirings().findProviders(requirement).isEmpty())
        .map(Activation::describe)
        .sorted()
        .toList();
  }

  private static boolean isMandatory(BundleRequirement requirement) {
    var directives = requirement.getDirectives();
    return !"optional".equals(directives.get("resolution"))
        && !"dynamic".equals(directives.get("resolution"))
        && directives.getOrDefault("effective", "resolve").equals("resolve");
  }

  private static String describe(BundleRequirement requirement) {
    var filter = requirement.getDirectives().getOrDefault("filter", "");
    var name = PACKAGE.matcher(filter);
    return name.find()
        ? "package " + name.group(1) + " " + filter
        : requirement.getNamespace() + " " + filter;
  }

  private void migrate(Bundle bundle) {
    try {
      migrations.migrate(bundle);
    } catch (RuntimeException failure) {
      throw PluginError.MIGRATION.of(bundle.getSymbolicName(), reason(failure));
    }
  }

  private void proveComponents(Bundle bundle) {
    var faults = new ArrayList<String>();
    for (var component : components.getComponentDescriptionDTOs(bundle)) {
      for (var configuration : components.getComponentConfigurationDTOs(component)) {
        if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
          faults.add(component.name + ": " + innermost(configuration.failure));
        } else if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
          faults.add(component.name + " finds no " + missing(component, configuration));
        }
      }
    }
    faults.addAll(callbacks.faults(bundle));
    if (!faults.isEmpty()) {
      throw PluginError.START.of(bundle.getSymbolicName(), String.join("; ", faults));
    }
  }

  private static String missing(
      ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
    var names =
        Stream.of(configuration.unsatisfiedReferences).map(reference -> reference.name).toList();
    return String.join(
        ", ",
        Stream.of(component.references)
            .filter(reference -> names.contains(reference.name))
            .map(reference -> reference.interfaceName)
            .toList());
  }

  /** A plugin may take a moment to find what it works with. */
  private void proveHealth(Bundle bundle) {
    var deadline = System.nanoTime() + HEALTH.toNanos();
    var complaint = callbacks.complaint(bundle);
    while (complaint.isPresent() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK.toNanos());
      complaint = callbacks.complaint(bundle);
    }
    if (complaint.isPresent()) {
      throw PluginError.START.of(
          bundle.getSymbolicName(), "it says that it is not well: " + complaint.get());
    }
  }

  private void proveRoutes(Bundle bundle) {
    var refusal = routes.settle(bundle.getSymbolicName());
    if (!refusal.isEmpty()) {
      throw PluginError.ROUTES.of(bundle.getSymbolicName(), String.join("; ", refusal));
    }
  }

  /** The first line of the innermost cause in a stack trace. */
  private static String innermost(String trace) {
    var causes = CAUSE.split(Objects.requireNonNullElse(trace, ""));
    return firstLine(causes[causes.length - 1]);
  }

  private static String reason(Throwable failure) {
    var root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    var message = Objects.requireNonNullElse(root.getMessage(), root.getClass().getName());
    return firstLine(message);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
