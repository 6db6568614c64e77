package dev.slipway.deployments.store.instance;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.deployments.store.Place;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_instance}. */
public interface InstanceMapper extends TableMapper<InstanceRow> {
  Table TABLE =
      Table.of(
          "deployments_instance",
          "id",
          "tenant_id",
          "app_id",
          "environment_id",
          "deployment_id",
          "server_id",
          "name",
          "replica",
          "leaving",
          "command_id",
          "attempts",
          "try_at",
          "process");

  /** Adds it, unless it is there already. */
  int add(InstanceRow row);

  List<InstanceRow> ofApp(UUID appId);

  List<InstanceRow> ofPlace(Place place);

  List<InstanceRow> ofDeployment(UUID deploymentId);

  List<InstanceRow> onServer(@Param("tenantId") UUID tenantId, @Param("serverId") UUID serverId);

  @Nullable InstanceRow byCommand(UUID commandId);

  int leave(
      @Param("id") UUID id,
      @Param("commandId") @Nullable UUID commandId,
      @Param("attempts") int attempts,
      @Param("tryAt") @Nullable Instant tryAt);

  int removed(@Param("serverId") UUID serverId, @Param("name") String name);

  int deleteOfApp(UUID appId);

  int deleteOfServer(UUID serverId);

  int moveServer(@Param("from") UUID from, @Param("to") UUID to);
}
