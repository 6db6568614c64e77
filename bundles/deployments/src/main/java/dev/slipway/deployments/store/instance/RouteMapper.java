package dev.slipway.deployments.store.instance;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import dev.slipway.deployments.store.Place;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code deployments_route}. */
public interface RouteMapper extends TableMapper<RouteRow> {
  Table TABLE =
      Table.of(
          "deployments_route",
          "id",
          "tenant_id",
          "app_id",
          "environment_id",
          "deployment_id",
          "server_id",
          "domain",
          "container_name",
          "port",
          "shares");

  /** Adds it, or leads the domain elsewhere. */
  int put(RouteRow row);

  List<RouteRow> ofApp(UUID appId);

  List<RouteRow> ofPlace(Place place);

  List<RouteRow> onServer(@Param("tenantId") UUID tenantId, @Param("serverId") UUID serverId);

  int removed(@Param("serverId") UUID serverId, @Param("domain") String domain);

  int deleteOfApp(UUID appId);

  int deleteOfServer(UUID serverId);

  int moveServer(@Param("from") UUID from, @Param("to") UUID to);
}
