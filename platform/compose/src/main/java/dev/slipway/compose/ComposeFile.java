package dev.slipway.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

  static final String DEFAULT_NETWORK = "default";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
  private static final int MOST_SERVICES = 20;
  private static final int MOST_NETWORKS = 5;
  private static final Map<String, String> REFUSED =
      Map.of(
          "include", "other files are not read; put all services into one",
          "secrets", "is not supported; use the app's variables",
          "configs", "is not supported; put the files into the image");
  private static final Map<String, String> REFUSED_OF_VOLUME =
      Map.of(
          "driver_opts", "a volume must not lead to a folder or a device of the host",
          "external", "volumes of other apps are not mounted",
          "name", "volumes are named after the app");
  private static final Map<String, String> REFUSED_OF_NETWORK =
      Map.of(
          "external", "networks of other apps or of the host are not joined",
          "name", "networks are named after the app",
          "driver_opts", "networks have no options of the host");

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
    var tree = new YamlTree(findings, interpolation).read(text);
    var file = Fields.of("", tree, findings);
    file.leave("version", "files have no versions any more");
    file.leave("name", "the app's name counts");
    var networks = networks(file);
    var volumes = volumes(file);
    var services =
        services(file, new ServiceReader(networks.keySet(), volumes, variables, buildVariables));
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

  private static Map<String, Service> services(Fields file, ServiceReader reader) {
    var services = new LinkedHashMap<String, Service>();
    file.named("services")
        .forEach(
            (name, value) -> {
              var fields = Fields.of("services." + name, value, file.findings());
              checkName(file.findings(), "services." + name, name);
              services.put(name, reader.read(name, fields));
            });
    if (services.isEmpty() || services.size() > MOST_SERVICES) {
      file.problem("services", "must be 1 to " + MOST_SERVICES);
    }
    return services;
  }

  private static Map<String, Boolean> networks(Fields file) {
    var networks = new LinkedHashMap<String, Boolean>();
    networks.put(DEFAULT_NETWORK, false);
    file.named("networks")
        .forEach(
            (name, value) -> {
              var fields = Fields.of("networks." + name, value, file.findings());
              checkName(file.findings(), "networks." + name, name);
              requireDriver(fields, "bridge");
              networks.put(name, fields.flag("internal"));
              fields.leave("labels", "nobody reads them");
              fields.end(REFUSED_OF_NETWORK);
            });
    if (networks.size() > MOST_NETWORKS) {
      file.problem("networks", "must be at most " + (MOST_NETWORKS - 1));
    }
    return networks;
  }

  private static Set<String> volumes(Fields file) {
    var volumes = file.named("volumes");
    volumes.forEach(
        (name, value) -> {
          var fields = Fields.of("volumes." + name, value, file.findings());
          checkName(file.findings(), "volumes." + name, name);
          requireDriver(fields, "local");
          fields.leave("labels", "nobody reads them");
          fields.end(REFUSED_OF_VOLUME);
        });
    return volumes.keySet();
  }

  private static void requireDriver(Fields fields, String only) {
    var driver = fields.text("driver");
    if (driver != null && !driver.equals(only)) {
      fields.problem("driver", "only " + only + " is supported");
    }
  }

  private static void checkName(Findings findings, String path, String name) {
    if (!NAME.matcher(name).matches()) {
      findings.problem(path, "a name is 1 to 40 of a-z, 0-9, _ and -, the first no mark");
    }
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
