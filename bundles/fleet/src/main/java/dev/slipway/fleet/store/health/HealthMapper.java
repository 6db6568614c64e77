package dev.slipway.fleet.store.health;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.fleet.ServerStatus;
import dev.slipway.fleet.store.health.ResourceAlertRow.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code fleet_resource_alert} and {@code fleet_status_change}. */
public interface HealthMapper extends TableMapper<ResourceAlertRow> {
  Table TABLE =
      Table.of(
          "fleet_resource_alert",
          "id",
          "tenant_id",
          "server_id",
          "resource",
          "threshold_percent",
          "value_percent",
          "severity",
          "status",
          "message",
          "started_at",
          "resolved_at");

  List<ResourceAlertRow> alerts(
      @Param("server") UUID server,
      @Param("status") @Nullable Status status,
      @Param("limit") int limit,
      @Param("offset") int offset);

  long countAlerts(@Param("server") UUID server, @Param("status") @Nullable Status status);

  int change(ResourceAlertRow alert);

  List<Change> changes(@Param("server") UUID server, @Param("since") Instant since);

  int purge(@Param("before") Instant before);

  int purgeAlerts(@Param("before") Instant before);

  /** A status, and when it began. */
  record Change(Instant at, ServerStatus status) {}
}
