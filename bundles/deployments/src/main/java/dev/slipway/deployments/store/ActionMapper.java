package dev.slipway.deployments.store;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_action}. */
public interface ActionMapper extends TableMapper<ActionRow> {
  Table TABLE =
      Table.of(
          "deployments_action",
          "id",
          "tenant_id",
          "app_id",
          "environment_id",
          "deployment_id",
          "kind",
          "status",
          "operation_id",
          "error",
          "created_at",
          "finished_at",
          "looked_at");

  /** Takes the gate of an action's app. */
  @Nullable UUID enter(UUID id);

  @Nullable ActionRow running(Place place);

  List<ActionRow> runningOfApp(UUID appId);

  int end(
      @Param("id") UUID id,
      @Param("status") ActionRow.Status status,
      @Param("error") @Nullable String error,
      @Param("at") Instant at);

  int deleteOfApp(UUID appId);
}
