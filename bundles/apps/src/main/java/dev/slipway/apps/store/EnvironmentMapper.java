package dev.slipway.apps.store;

import dev.slipway.apps.Environment;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code apps_environment}. */
public interface EnvironmentMapper extends TableMapper<Environment>, Slugs {
  Table TABLE =
      Table.of(
          "apps_environment",
          "id",
          "version",
          "tenant_id",
          "app_id",
          "name",
          "slug",
          "stage",
          "branch",
          "server_id",
          "hostname",
          "domain_id",
          "hostname_at",
          "auto_deploy",
          "is_protected",
          "promotes_from_id",
          "current_deployment_id",
          "status",
          "created_at",
          "updated_at");

  List<Environment> ofApp(@Param("appId") UUID appId);

  List<Environment> ofProject(@Param("projectId") UUID projectId);

  List<Environment> all();

  List<UUID> serversOf(@Param("appId") UUID appId);

  List<Environment> move(@Param("from") UUID from, @Param("to") UUID to, @Param("at") Instant at);

  int unlink(@Param("id") UUID id, @Param("at") Instant at);
}
