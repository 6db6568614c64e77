package dev.slipway.compose;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads ports; what they would be on the host does not matter, as nothing is published. */
final class PortReader {
  private static final Pattern SHORT =
      Pattern.compile("(?:(?:[0-9.]+|\\[[0-9a-fA-F:]+])?:)?(?:\\d{0,5}:)?(\\d{1,5})(?:/tcp)?");
  private static final int LAST_PORT = 65_535;

  private PortReader() {}

  static Set<Integer> read(Fields fields) {
    var ports = new LinkedHashSet<Integer>();
    fields
        .items("ports")
        .forEach(
            (at, item) -> {
              var port = item instanceof String text ? shortForm(text) : longForm(fields, at, item);
              if (port == null) {
                fields.findings().problem(at, "is not a single TCP port such as \"8080:80\"");
              } else {
                ports.add(port);
              }
            });
    return ports;
  }

  private static @Nullable Integer shortForm(String text) {
    var parts = SHORT.matcher(text);
    return parts.matches() ? Amounts.whole(parts.group(1), 1, LAST_PORT) : null;
  }

  private static @Nullable Integer longForm(Fields fields, String at, @Nullable Object item) {
    var port = Fields.of(at, item, fields.findings());
    for (var key : new String[] {"published", "host_ip", "mode", "name", "app_protocol"}) {
      port.value(key);
    }
    var protocol = port.text("protocol");
    var target = port.text("target");
    port.end();
    return target == null || protocol != null && !protocol.equals("tcp")
        ? null
        : Amounts.whole(target, 1, LAST_PORT);
  }
}
