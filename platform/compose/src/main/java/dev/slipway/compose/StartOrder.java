package dev.slipway.compose;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Puts each service behind those that it depends on. */
final class StartOrder {
  private final Map<String, Service> services;
  private final Findings findings;
  private final Map<String, Service> ordered = new LinkedHashMap<>();
  private final Set<String> onTheWay = new HashSet<>();

  private StartOrder(Map<String, Service> services, Findings findings) {
    this.services = services;
    this.findings = findings;
  }

  static Map<String, Service> of(Map<String, Service> services, Findings findings) {
    var order = new StartOrder(services, findings);
    services.values().forEach(order::add);
    return order.ordered;
  }

  private void add(Service service) {
    var name = service.name();
    if (ordered.containsKey(name)) {
      return;
    }
    onTheWay.add(name);
    for (var needed : service.dependsOn().keySet()) {
      var path = "services." + name + ".depends_on." + needed;
      var other = services.get(needed);
      if (other == null) {
        findings.problem(path, "there is no such service");
      } else if (onTheWay.contains(needed)) {
        findings.problem(path, "the services depend on each other in a circle");
      } else {
        add(other);
      }
    }
    onTheWay.remove(name);
    ordered.put(name, service);
  }
}
