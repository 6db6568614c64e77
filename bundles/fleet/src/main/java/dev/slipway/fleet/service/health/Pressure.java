package dev.slipway.fleet.service.health;

import dev.slipway.api.Ids;
import dev.slipway.fleet.store.health.ResourceAlertRow;
import dev.slipway.fleet.store.health.ResourceAlertRow.Resource;
import dev.slipway.fleet.store.health.ResourceAlertRow.Severity;
import dev.slipway.fleet.store.health.ResourceAlertRow.Status;
import dev.slipway.fleet.store.server.AgentReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server runs short of something. An alert fires after three heartbeats in a row over the
 * limit, of the disk at once, and ends when the value is clearly below it again.
 */
final class Pressure {
  private static final int PATIENCE = 3;
  private static final double CLEARLY = 5;
  private static final double PERCENT = 100;

  private final UUID tenantId;
  private final AgentReport report;
  private final Map<String, Object> state = new LinkedHashMap<>();
  private final List<ResourceAlertRow> fired = new ArrayList<>();
  private final List<ResourceAlertRow> changed = new ArrayList<>();

  private Pressure(UUID tenantId, AgentReport report) {
    this.tenantId = tenantId;
    this.report = report;
  }

  /** Where the limits of a resource are. */
  private record Limits(double warning, double critical, int patience) {
    static Limits of(Resource resource) {
      return switch (resource) {
        case CPU -> new Limits(90, 98, PATIENCE);
        case MEMORY -> new Limits(90, 97, PATIENCE);
        case DISK -> new Limits(85, 95, 1);
        case LOAD -> new Limits(200, 400, PATIENCE);
      };
    }

    @Nullable Severity severity(double value) {
      if (value >= critical) {
        return Severity.CRITICAL;
      }
      return value >= warning ? Severity.WARNING : null;
    }

    double threshold(Severity severity) {
      return severity == Severity.CRITICAL ? critical : warning;
    }
  }

  /**
   * Judges a heartbeat.
   *
   * @param before what was kept after the one before
   */
  static Pressure of(UUID tenantId, AgentReport report, Map<String, Object> before) {
    var pressure = new Pressure(tenantId, report);
    for (var resource : Resource.values()) {
      var value = value(resource, report);
      var known = before.get(word(resource));
      if (value == null) {
        if (known != null) {
          pressure.state.put(word(resource), known);
        }
      } else {
        pressure.judge(resource, value, known instanceof Map<?, ?> map ? map : Map.of());
      }
    }
    return pressure;
  }

  /** What to keep for the next heartbeat. */
  Map<String, Object> state() {
    return state;
  }

  /** Alerts that begin. */
  List<ResourceAlertRow> fired() {
    return fired;
  }

  /** Alerts that became better or worse, or ended. */
  List<ResourceAlertRow> changed() {
    return changed;
  }

  private void judge(Resource resource, double value, Map<?, ?> known) {
    var limits = Limits.of(resource);
    var severity = limits.severity(value);
    if (known.get("alert") instanceof String alert) {
      lasting(resource, value, limits, known, UUID.fromString(alert));
    } else if (severity != null) {
      var times = (known.get("over") instanceof Number over ? over.intValue() : 0) + 1;
      if (times < limits.patience()) {
        state.put(word(resource), Map.of("over", times));
      } else {
        var row = row(Ids.next(), resource, value, limits, severity, Status.FIRING);
        fired.add(row);
        keep(row);
      }
    }
  }

  private void lasting(
      Resource resource, double value, Limits limits, Map<?, ?> known, UUID alert) {
    var was = Severity.valueOf(String.valueOf(known.get("severity")).toUpperCase(Locale.ROOT));
    if (value < limits.warning() - CLEARLY) {
      changed.add(row(alert, resource, value, limits, was, Status.RESOLVED));
      return;
    }
    var severity = limits.severity(value);
    if (severity == null
        || severity == was
        || was == Severity.CRITICAL && !clearlyBetter(value, limits)) {
      state.put(word(resource), known);
      return;
    }
    var row = row(alert, resource, value, limits, severity, Status.FIRING);
    changed.add(row);
    keep(row);
  }

  private static boolean clearlyBetter(double value, Limits limits) {
    return value < limits.critical() - CLEARLY;
  }

  private void keep(ResourceAlertRow row) {
    state.put(
        word(row.resource()),
        Map.of(
            "alert",
            row.id().toString(),
            "severity",
            row.severity().name().toLowerCase(Locale.ROOT)));
  }

  private ResourceAlertRow row(
      UUID id, Resource resource, double value, Limits limits, Severity severity, Status status) {
    var threshold = limits.threshold(severity);
    var message =
        status == Status.RESOLVED
            ? "%s is at %.0f %% again".formatted(word(resource), value)
            : "%s is at %.0f %%, the limit is %.0f %%".formatted(word(resource), value, threshold);
    return new ResourceAlertRow(
        id,
        tenantId,
        report.serverId(),
        resource,
        threshold,
        value,
        severity,
        status,
        message,
        report.at(),
        status == Status.RESOLVED ? report.at() : null);
  }

  /** In percent; null where the agent did not say. */
  static @Nullable Double value(Resource resource, AgentReport report) {
    var system = report.system();
    return switch (resource) {
      case CPU -> cpu(report);
      case LOAD -> load(report);
      case MEMORY -> part(system, "memory_used_mb", "memory_total_mb");
      case DISK -> part(system, "disk_used_mb", "disk_total_mb");
    };
  }

  /** An agent that does not measure the processors says 0; then the load stands in for it. */
  private static @Nullable Double cpu(AgentReport report) {
    if (report.system().get("cpu_percent") instanceof Number said && said.doubleValue() > 0) {
      return Math.min(PERCENT, said.doubleValue());
    }
    var load = load(report);
    return load == null ? null : Math.min(PERCENT, load);
  }

  private static @Nullable Double load(AgentReport report) {
    var load = report.system().get("load_avg_1");
    return load instanceof Number number && report.cpuCores() != null
        ? number.doubleValue() / report.cpuCores() * PERCENT
        : null;
  }

  private static @Nullable Double part(Map<String, Object> system, String used, String total) {
    return system.get(total) instanceof Number all && all.doubleValue() > 0
        ? (system.get(used) instanceof Number part ? part.doubleValue() : 0)
            / all.doubleValue()
            * PERCENT
        : null;
  }

  private static String word(Resource resource) {
    return resource.name().toLowerCase(Locale.ROOT);
  }
}
