package dev.slipway.fleet;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows the routes that a server's edge ought to have; asked when an agent reconciles its edge. */
@ConsumerType
public interface ServerRoutes {
  /** All routes of this server. */
  List<Route> on(UUID tenantId, UUID serverId);

  /**
   * One route.
   *
   * @param pathPrefix such as {@code /api}; null for the whole domain
   */
  record Route(
      String domain, String containerName, int port, UUID appId, @Nullable String pathPrefix) {}
}
