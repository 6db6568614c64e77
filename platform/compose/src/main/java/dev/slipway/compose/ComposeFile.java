package dev.slipway.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Compose file.
 *
 * @param services in an order in which they can start
 * @param networks whether each leads nowhere but to itself, by name; {@code default} is among them
 * @param volumes names
 * @param variables names that the file uses without a default
 * @param primary the service that answers requests from outside; null where the file does not tell
 * @param warnings what of the file has no effect
 */
public record ComposeFile(
    Map<String, Service> services,
    Map<String, Boolean> networks,
    Set<String> volumes,
    Set<String> variables,
    @Nullable String primary,
    List<String> warnings) {
  /** Marks the service that answers requests, where it is not the only one with ports. */
  public static final String PRIMARY_LABEL = "slipway.primary";

  private static final int MOST_CHARACTERS = 256 * 1024;
  private static final int MOST_SERVICES = 20;
  private static final int MOST_NETWORKS = 4;
  private static final Map<String, String> REFUSED =
      Map.of(
          "include", "other files are not read; put all services into one",
          "secrets", "is not supported; use the app's variables",
          "configs", "is not supported; put the files into the image");

  /**
   * Reads a file.
   *
   * @param variables those that are filled in, and no others
   * @param buildVariables those that are filled in under {@code build}: a build leaves what it sees
   *     in its image
   * @throws ComposeFault with all that is wrong
   */
  public static ComposeFile parse(
      String text, Map<String, String> variables, Map<String, String> buildVariables)
      throws ComposeFault {
    var findings = new Findings();
    var interpolation = new Interpolation(variables, buildVariables);
    var tree = new YamlTree(findings, interpolation, MOST_CHARACTERS).read(text);
    var file = Fields.of("", tree, findings);
    file.leave("version", "files have no versions any more");
    file.leave("name", "the app's name counts");
    var networks = Sections.networks(file, "bridge", MOST_NETWORKS);
    var volumes = Sections.volumes(file);
    var reader = new ServiceReader(networks.keySet(), volumes, variables, buildVariables);
    var services = Sections.services(file, MOST_SERVICES, reader::read);
    file.end(REFUSED);
    var ordered = StartOrder.of(services, findings);
    var primary = primary(services, findings);
    warnOfPorts(services, primary, findings);
    findings.check();
    return new ComposeFile(
        ordered, networks, volumes, interpolation.needed(), primary, findings.warnings());
  }

  /** The service that answers requests; refuses a file that does not tell. */
  public Service requirePrimary() throws ComposeFault {
    if (primary == null) {
      throw new ComposeFault(
          List.of(
              "services: it is not clear which one answers requests; give it the label "
                  + PRIMARY_LABEL
                  + ": \"true\""));
    }
    return services.get(primary);
  }

  private static @Nullable String primary(Map<String, Service> services, Findings findings) {
    var marked = new ArrayList<String>();
    var open = new ArrayList<String>();
    services.forEach(
        (name, service) -> {
          if ("true".equals(service.labels().get(PRIMARY_LABEL))) {
            marked.add(name);
          }
          if (!service.ports().isEmpty()) {
            open.add(name);
          }
        });
    if (marked.size() > 1) {
      findings.problem("services", "several have the label " + PRIMARY_LABEL + ": " + marked);
    }
    var candidates = marked.isEmpty() ? open : marked;
    if (candidates.isEmpty() && services.size() == 1) {
      return services.keySet().iterator().next();
    }
    return candidates.size() == 1 ? candidates.getFirst() : null;
  }

  private static void warnOfPorts(
      Map<String, Service> services, @Nullable String primary, Findings findings) {
    services.forEach(
        (name, service) -> {
          if (!service.ports().isEmpty() && !name.equals(primary)) {
            findings.warning(
                "services." + name + ".ports", "nothing is published; other services reach them");
          }
        });
  }
}
