package dev.slipway.apps.store;

import dev.slipway.apps.Volume;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;

/** Statements on {@code apps_volume}. */
public interface VolumeMapper extends TableMapper<Volume> {
  Table TABLE =
      Table.of(
          "apps_volume",
          "id",
          "tenant_id",
          "app_id",
          "name",
          "mount_path",
          "created_by",
          "created_at");

  List<Volume> ofApp(UUID appId);
}
