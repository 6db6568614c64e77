package dev.slipway.launcher.osgi;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Declarative Services says of the components. Its interface is a bundle's and not on our
 * class path, so it is called by reflection.
 */
final class Components {

  private static final Logger LOG = LoggerFactory.getLogger(Components.class);
  private static final String RUNTIME =
      "org.osgi.service.component.runtime.ServiceComponentRuntime";
  private static final int FAILED_ACTIVATION = 16;
  private static final String DEPENDENT = "Unable to get service for reference";

  private Components() {}

  /** Empty where there is no Declarative Services to ask. */
  static List<String> failed(BundleContext context, Collection<Bundle> bundles) {
    var reference = context.getServiceReference(RUNTIME);
    if (reference == null) {
      return List.of();
    }
    try {
      return failed(Objects.requireNonNull(context.getService(reference)), bundles);
    } catch (ReflectiveOperationException e) {
      LOG.warn("the components cannot be looked at", e);
      return List.of();
    } finally {
      context.ungetService(reference);
    }
  }

  private static List<String> failed(Object runtime, Collection<Bundle> bundles)
      throws ReflectiveOperationException {
    var type = runtime.getClass().getClassLoader().loadClass(RUNTIME);
    var descriptions = type.getMethod("getComponentDescriptionDTOs", Bundle[].class);
    var found = descriptions.invoke(runtime, (Object) bundles.toArray(Bundle[]::new));
    var lines = new ArrayList<String>();
    for (var description : (Collection<?>) found) {
      var configurations =
          type.getMethod("getComponentConfigurationDTOs", description.getClass())
              .invoke(runtime, description);
      for (var configuration : (Collection<?>) configurations) {
        examine(description, configuration, lines);
      }
    }
    // What merely depends on a failed component comes after the component itself.
    lines.sort(Comparator.comparing(line -> line.contains(DEPENDENT)));
    return lines;
  }

  private static void examine(Object description, Object configuration, List<String> lines)
      throws ReflectiveOperationException {
    var name = String.valueOf(field(description, "name"));
    if ((int) field(configuration, "state") == FAILED_ACTIVATION) {
      lines.add(name + ": " + rootCause(String.valueOf(field(configuration, "failure"))));
    }
    var missing = field(configuration, "unsatisfiedReferences");
    for (var i = 0; i < Array.getLength(missing); i++) {
      LOG.warn("component {} waits for {}", name, field(Array.get(missing, i), "name"));
    }
  }

  private static Object field(Object dto, String name) throws ReflectiveOperationException {
    return dto.getClass().getField(name).get(dto);
  }

  /** The first line of a stack trace's innermost cause. */
  static String rootCause(String trace) {
    var lines = trace.lines().filter(line -> !line.isBlank()).toList();
    return lines.reversed().stream()
        .filter(line -> line.startsWith("Caused by: "))
        .map(line -> line.substring("Caused by: ".length()))
        .findFirst()
        .orElse(lines.isEmpty() ? "no reason told" : lines.getFirst());
  }
}
