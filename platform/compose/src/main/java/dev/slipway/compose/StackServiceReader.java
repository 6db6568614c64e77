package dev.slipway.compose;

import dev.slipway.compose.StackService.FileMount;
import dev.slipway.compose.StackService.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what stands about one service of a stack. */
final class StackServiceReader {
  private static final Pattern SHORT_PORT =
      Pattern.compile("(?:(\\d{1,5}):)?(\\d{1,5})(?:/(tcp|udp))?");
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
  private static final Pattern TARGET = Pattern.compile("/?[A-Za-z0-9._/-]{1,255}");
  private static final int USUAL_MODE = 0444;
  private static final int LAST_PORT = 65_535;
  private static final Map<String, String> REFUSED = refused();

  private final ServiceReader common;
  private final Set<String> configs;
  private final Set<String> secrets;

  /**
   * @param configs those that the file declares
   * @param secrets those that the file declares
   */
  StackServiceReader(ServiceReader common, Set<String> configs, Set<String> secrets) {
    this.common = common;
    this.configs = configs;
    this.secrets = secrets;
  }

  private static Map<String, String> refused() {
    var refused = new LinkedHashMap<>(Refused.OF_SERVICE);
    refused.put("build", "a stack is made of images; build them before");
    refused.put("env_file", "is not read; write the variables under environment");
    return Map.copyOf(refused);
  }

  StackService read(String name, Fields fields) {
    var deploy = fields.object("deploy");
    var resources = deploy.object("resources");
    var limits = ServiceReader.limitsOf(resources, "limits");
    var setAside = ServiceReader.limitsOf(resources, "reservations");
    if (setAside.processes() != null) {
      resources.problem("reservations.pids", "processes cannot be set aside");
    }
    resources.end();
    var deployment = DeploymentReader.read(deploy, setAside);
    var ports = ports(fields);
    var targets = ports.stream().map(Port::target).collect(Collectors.toSet());
    var service = common.readOfStack(name, fields, targets, limits);
    var read =
        new StackService(
            service,
            deployment,
            ports,
            files(fields, "configs", configs, "/"),
            files(fields, "secrets", secrets, ""));
    fields.end(REFUSED);
    return read;
  }

  private static List<Port> ports(Fields fields) {
    var ports = new ArrayList<Port>();
    fields
        .items("ports")
        .forEach(
            (at, item) -> {
              var port = item instanceof String text ? shortPort(text) : longPort(fields, at, item);
              if (port == null) {
                fields
                    .findings()
                    .problem(at, "is not a single port of all addresses such as \"8080:80/tcp\"");
              } else {
                ports.add(port);
              }
            });
    return ports;
  }

  private static @Nullable Port shortPort(String text) {
    var parts = SHORT_PORT.matcher(text);
    return parts.matches() ? port(parts.group(2), parts.group(1), parts.group(3), "ingress") : null;
  }

  private static @Nullable Port longPort(Fields fields, String at, @Nullable Object item) {
    var port = Fields.of(at, item, fields.findings());
    port.leave("name", "nobody reads it");
    port.leave("app_protocol", "nobody reads it");
    var read =
        port(port.text("target"), port.text("published"), port.text("protocol"), port.text("mode"));
    port.end(Map.of("host_ip", "a swarm publishes on all addresses"));
    return read;
  }

  private static @Nullable Port port(
      @Nullable String target,
      @Nullable String published,
      @Nullable String protocol,
      @Nullable String mode) {
    var inside = target == null ? null : Amounts.whole(target, 1, LAST_PORT);
    var outside = published == null ? Integer.valueOf(0) : Amounts.whole(published, 1, LAST_PORT);
    boolean known =
        (protocol == null || protocol.matches("tcp|udp"))
            && (mode == null || mode.matches("ingress|host"));
    return inside == null || outside == null || !known
        ? null
        : new Port(inside, outside, protocol == null ? "tcp" : protocol, "host".equals(mode));
  }

  /**
   * @param place where those are that name no path
   */
  private static List<FileMount> files(
      Fields fields, String key, Set<String> declared, String place) {
    var mounts = new ArrayList<FileMount>();
    fields
        .items(key)
        .forEach(
            (at, item) -> {
              var mount =
                  item instanceof String name
                      ? new FileMount(name, place + name, "0", "0", USUAL_MODE)
                      : longFile(Fields.of(at, item, fields.findings()), place);
              if (!declared.contains(mount.source())) {
                fields.findings().problem(at, "there is no " + mount.source() + " under " + key);
              }
              mounts.add(mount);
            });
    return mounts;
  }

  private static FileMount longFile(Fields file, String place) {
    var source = file.text("source");
    var target = file.text("target");
    var mode = file.text("mode");
    if (target != null && (!TARGET.matcher(target).matches() || target.contains(".."))) {
      file.problem("target", "is not a path in the container");
    }
    if (mode != null && !MODE.matcher(mode).matches()) {
      file.problem("mode", "is not a number such as 0440");
    }
    var read =
        new FileMount(
            source == null ? "" : source,
            target == null ? place + source : target,
            number(file, "uid"),
            number(file, "gid"),
            mode == null || !MODE.matcher(mode).matches() ? USUAL_MODE : Integer.parseInt(mode, 8));
    file.end();
    return read;
  }

  private static String number(Fields file, String key) {
    var text = file.text(key);
    if (text != null && Amounts.whole(text, 0, Integer.MAX_VALUE) == null) {
      file.problem(key, "is not a number");
    }
    return text == null ? "0" : text;
  }
}
