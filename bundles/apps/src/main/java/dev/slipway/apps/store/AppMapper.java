package dev.slipway.apps.store;

import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code apps_app}. */
public interface AppMapper extends TableMapper<App>, Slugs {
  Table TABLE =
      Table.of(
          "apps_app",
          "id",
          "version",
          "tenant_id",
          "name",
          "slug",
          "project_id",
          "server_id",
          "source_type",
          "repository_id",
          "repository_url",
          "branch",
          "root_directory",
          "dockerfile_path",
          "image",
          "framework",
          "install_command",
          "build_command",
          "start_command",
          "port",
          "health_check_path",
          "replicas",
          "status",
          "current_deployment_id",
          "primary_domain",
          "deploy_asked",
          "deletion_id",
          "created_at",
          "updated_at");

  @Nullable UUID idOf(@Param("tenantId") UUID tenantId, @Param("slug") String slug);

  List<App> list(
      @Param("projectId") @Nullable UUID projectId,
      @Param("serverId") @Nullable UUID serverId,
      @Param("status") @Nullable AppStatus status,
      @Param("search") @Nullable String search,
      @Param("limit") int limit,
      @Param("offset") int offset);

  long count(
      @Param("projectId") @Nullable UUID projectId,
      @Param("serverId") @Nullable UUID serverId,
      @Param("status") @Nullable AppStatus status,
      @Param("search") @Nullable String search);

  int setStatus(
      @Param("id") UUID id,
      @Param("status") AppStatus status,
      @Param("currentDeploymentId") @Nullable UUID currentDeploymentId,
      @Param("primaryDomain") @Nullable String primaryDomain,
      @Param("deletionId") @Nullable UUID deletionId,
      @Param("at") Instant at);

  List<App> move(@Param("from") UUID from, @Param("to") UUID to, @Param("at") Instant at);

  int ask(@Param("id") UUID id, @Param("at") Instant at);

  int place(@Param("id") UUID id, @Param("serverId") UUID serverId, @Param("at") Instant at);

  int scale(@Param("id") UUID id, @Param("replicas") int replicas, @Param("at") Instant at);

  int unlink(@Param("projectId") UUID projectId, @Param("at") Instant at);
}
