package dev.slipway.fleet;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows which containers on a server belong to which app; agents mark log lines with it. */
@ConsumerType
public interface AppContainers {
  /**
   * All containers of apps on this server; asked at every heartbeat, so it should take one query.
   */
  List<AppContainer> on(UUID tenantId, UUID serverId);

  /** The names of the Compose projects that apps have on this server; none unless overridden. */
  default List<String> projects(UUID tenantId, UUID serverId) {
    return List.of();
  }

  /** One container. */
  record AppContainer(String containerName, UUID appId, @Nullable UUID deploymentId) {}
}
