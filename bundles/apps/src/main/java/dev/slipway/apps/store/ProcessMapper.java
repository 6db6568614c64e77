package dev.slipway.apps.store;

import dev.slipway.apps.AppProcess;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;

/** Statements on {@code apps_process}. */
public interface ProcessMapper extends TableMapper<AppProcess> {
  Table TABLE =
      Table.of(
          "apps_process",
          "id",
          "tenant_id",
          "app_id",
          "name",
          "command",
          "replicas",
          "created_by",
          "created_at",
          "updated_at");

  List<AppProcess> ofApp(UUID appId);
}
