package dev.slipway.apps.store;

import dev.slipway.apps.ResourceLimits;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;

/** Statements on {@code apps_resource_limits}. */
public interface ResourceLimitsMapper extends TableMapper<ResourceLimits> {
  Table TABLE =
      Table.of(
          "apps_resource_limits",
          "id",
          "version",
          "tenant_id",
          "cpu_cores",
          "memory_mb",
          "memory_reservation_mb",
          "pids_limit",
          "handed_to",
          "updated_at");
}
