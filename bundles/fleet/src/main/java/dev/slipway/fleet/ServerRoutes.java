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
   * @param shares how the requests are divided; empty where all go to the container
   */
  record Route(
      String domain,
      String containerName,
      int port,
      UUID appId,
      @Nullable String pathPrefix,
      List<Share> shares) {}

  /**
   * A part of the requests of a route.
   *
   * @param weight against the sum of the weights of all shares, from 1
   */
  record Share(String containerName, int port, int weight) {}
}
