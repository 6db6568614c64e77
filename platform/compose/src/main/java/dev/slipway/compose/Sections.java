package dev.slipway.compose;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What stands at the top of a file. */
final class Sections {
  static final String DEFAULT_NETWORK = "default";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
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

  private Sections() {}

  /** Makes something of what stands about one service. */
  interface Reader<T> {
    T read(String name, Fields fields);
  }

  static <T> Map<String, T> services(Fields file, int most, Reader<T> reader) {
    var services = new LinkedHashMap<String, T>();
    file.named("services")
        .forEach(
            (name, value) -> {
              var fields = Fields.of("services." + name, value, file.findings());
              checkName(file.findings(), "services." + name, name);
              services.put(name, reader.read(name, fields));
            });
    if (services.isEmpty() || services.size() > most) {
      file.problem("services", "must be 1 to " + most);
    }
    return services;
  }

  /**
   * Whether each leads nowhere but to itself, by name; the one that services are in that name none
   * is among them.
   *
   * @param driver the only one there is
   */
  static Map<String, Boolean> networks(Fields file, String driver, int most) {
    var networks = new LinkedHashMap<String, Boolean>();
    networks.put(DEFAULT_NETWORK, false);
    file.named("networks")
        .forEach(
            (name, value) -> {
              var fields = Fields.of("networks." + name, value, file.findings());
              checkName(file.findings(), "networks." + name, name);
              requireDriver(fields, driver);
              networks.put(name, fields.flag("internal"));
              fields.leave("labels", "nobody reads them");
              fields.end(REFUSED_OF_NETWORK);
            });
    if (networks.size() > most + 1) {
      file.problem("networks", "must be at most " + most);
    }
    return networks;
  }

  static Set<String> volumes(Fields file) {
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

  static void checkName(Findings findings, String path, String name) {
    if (!NAME.matcher(name).matches()) {
      findings.problem(path, "a name is 1 to 40 of a-z, 0-9, _ and -, the first no mark");
    }
  }
}
