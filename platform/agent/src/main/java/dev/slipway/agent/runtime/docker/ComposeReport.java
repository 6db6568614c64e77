package dev.slipway.agent.runtime.docker;

import dev.slipway.compose.ComposeFile;
import dev.slipway.compose.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A Compose file in the words of the platform's API, without any value of a variable. */
final class ComposeReport {
  private ComposeReport() {}

  static Map<String, Object> of(ComposeFile file) {
    var report = new LinkedHashMap<String, Object>();
    report.put("services", file.services().values().stream().map(ComposeReport::service).toList());
    report.put("networks", List.copyOf(file.networks().keySet()));
    report.put("volumes", List.copyOf(file.volumes()));
    report.put("required_variables", List.copyOf(file.variables()));
    report.put("primary_service", Objects.requireNonNullElse(file.primary(), ""));
    report.put("warnings", file.warnings());
    return report;
  }

  private static Map<String, Object> service(Service service) {
    var row = new LinkedHashMap<String, Object>();
    row.put("name", service.name());
    if (service.image() != null) {
      row.put("image", service.image());
    }
    if (service.build() != null) {
      row.put("build", service.build().context());
    }
    row.put("ports", service.ports().stream().map(String::valueOf).toList());
    row.put("env_keys", List.copyOf(service.process().environment().keySet()));
    row.put("volumes", service.mounts().stream().map(m -> m.volume() + ":" + m.target()).toList());
    row.put("depends_on", List.copyOf(service.dependsOn().keySet()));
    row.put("healthcheck", service.healthCheck() != null);
    return row;
  }
}
