package dev.slipway.deployments.store.volume;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.deployments.store.Place;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code deployments_compose_project}. */
public interface ProjectMapper extends TableMapper<ProjectRow> {
  Table TABLE =
      Table.of(
          "deployments_compose_project",
          "id",
          "tenant_id",
          "app_id",
          "environment_id",
          "server_id",
          "name",
          "state",
          "containers",
          "command_id",
          "attempts",
          "try_at");

  /** Adds it; one that was to go stays. */
  int put(ProjectRow row);

  List<ProjectRow> ofPlace(Place place);

  List<ProjectRow> ofApp(UUID appId);

  List<ProjectRow> onServer(@Param("tenantId") UUID tenantId, @Param("serverId") UUID serverId);

  @Nullable ProjectRow named(@Param("serverId") UUID serverId, @Param("name") String name);

  @Nullable ProjectRow byCommand(UUID commandId);

  int sent(
      @Param("id") UUID id,
      @Param("state") ProjectRow.State state,
      @Param("commandId") @Nullable UUID commandId);

  int leave(
      @Param("id") UUID id,
      @Param("state") ProjectRow.State state,
      @Param("commandId") @Nullable UUID commandId,
      @Param("attempts") int attempts,
      @Param("tryAt") Instant tryAt);

  int told(@Param("id") UUID id, @Param("containers") List<String> containers);

  int deleteOfApp(UUID appId);

  int deleteOfServer(UUID serverId);

  int moveServer(@Param("from") UUID from, @Param("to") UUID to);
}
