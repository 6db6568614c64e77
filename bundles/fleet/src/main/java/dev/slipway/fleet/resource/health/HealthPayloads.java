package dev.slipway.fleet.resource.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.api.Page;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.service.health.ContainerAlert;
import dev.slipway.fleet.service.health.Forecast;
import dev.slipway.fleet.service.health.Uptime;
import dev.slipway.fleet.service.placement.Scheduling;
import dev.slipway.fleet.store.health.ContainerEventRow;
import dev.slipway.fleet.store.health.ResourceAlertRow;
import dev.slipway.fleet.store.server.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How servers fare, as clients see it. */
public final class HealthPayloads {
  private HealthPayloads() {}

  public record StatusAnswer(OperationalStatus status) {
    public static StatusAnswer of(Scheduling.Status status) {
      return new StatusAnswer(OperationalStatus.of(status));
    }
  }

  public record OperationalStatus(
      UUID serverId,
      ServerStatus status,
      boolean isCordoned,
      @Nullable Instant cordonedAt,
      @Nullable String cordonReason,
      boolean isDraining,
      @Nullable Instant drainStartedAt,
      boolean acceptsDeployments,
      int appCount,
      int serviceCount,
      @Nullable Instant lastHeartbeatAt) {
    public static OperationalStatus of(Scheduling.Status status) {
      var standing = status.standing();
      return new OperationalStatus(
          standing.serverId(),
          standing.status(),
          standing.isCordoned(),
          standing.cordonedAt(),
          standing.cordonReason(),
          standing.isDraining(),
          standing.drainStartedAt(),
          status.acceptsDeployments(),
          status.apps(),
          status.services(),
          standing.lastHeartbeatAt());
    }
  }

  public record ForecastAnswer(Forecast forecast) {}

  public record ProcessesAnswer(@Nullable Instant capturedAt, List<Object> processes) {
    public static ProcessesAnswer of(Condition condition) {
      return new ProcessesAnswer(condition.topProcessesAt(), condition.topProcesses());
    }
  }

  public record ContainerAlertsAnswer(List<ContainerAlert> alerts) {}

  public record UptimeAnswer(UptimeStats uptime) {}

  public record UptimeStats(
      UUID serverId,
      @JsonProperty("24h") Uptime.Window day,
      @JsonProperty("7d") Uptime.Window week,
      @JsonProperty("30d") Uptime.Window month,
      long currentStreakSeconds,
      @Nullable Instant lastOutageAt) {
    public static UptimeStats of(UUID serverId, Uptime uptime) {
      return new UptimeStats(
          serverId,
          uptime.since(Duration.ofDays(1)),
          uptime.since(Duration.ofDays(7)),
          uptime.since(Duration.ofDays(30)),
          uptime.streakSeconds(),
          uptime.lastOutage());
    }
  }

  public record EventsAnswer(List<ContainerEvent> events) {
    public static EventsAnswer of(List<ContainerEventRow> rows) {
      return new EventsAnswer(rows.stream().map(ContainerEvent::of).toList());
    }
  }

  public record ContainerEvent(
      UUID id,
      @Nullable UUID appId,
      UUID serverId,
      String containerId,
      String containerName,
      String image,
      ContainerEventRow.Type type,
      @Nullable Integer exitCode,
      @Nullable String health,
      @Nullable String message,
      Instant occurredAt) {
    public static ContainerEvent of(ContainerEventRow row) {
      return new ContainerEvent(
          row.id(),
          row.appId(),
          row.serverId(),
          row.containerId(),
          row.containerName(),
          row.image(),
          row.type(),
          row.exitCode(),
          row.health(),
          row.message(),
          row.occurredAt());
    }
  }

  public record ResourceAlertsAnswer(List<ResourceAlert> alerts, long total) {
    public static ResourceAlertsAnswer of(Page<ResourceAlertRow> page) {
      return new ResourceAlertsAnswer(
          page.items().stream().map(ResourceAlert::of).toList(), page.total());
    }
  }

  public record ResourceAlert(
      UUID id,
      UUID serverId,
      ResourceAlertRow.Resource resource,
      double thresholdPercent,
      double valuePercent,
      ResourceAlertRow.Severity severity,
      ResourceAlertRow.Status status,
      String message,
      Instant startedAt,
      @Nullable Instant resolvedAt) {
    public static ResourceAlert of(ResourceAlertRow row) {
      return new ResourceAlert(
          row.id(),
          row.serverId(),
          row.resource(),
          row.thresholdPercent(),
          row.valuePercent(),
          row.severity(),
          row.status(),
          row.message(),
          row.startedAt(),
          row.resolvedAt());
    }
  }
}
