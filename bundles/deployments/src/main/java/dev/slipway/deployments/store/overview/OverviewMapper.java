package dev.slipway.deployments.store.overview;

import dev.slipway.deployments.store.DeploymentRow;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** What pages show of deployments. */
public interface OverviewMapper {
  /** The newest deployment of each of these apps that has one. */
  List<DeploymentRow> newest(@Param("apps") UUID[] apps);

  /** The newest deployments of an app, newest first. */
  List<DeploymentRow> recent(@Param("appId") UUID appId, @Param("limit") int limit);
}
