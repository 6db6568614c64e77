package dev.slipway.deployments.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A host name that a server's edge leads to a container.
 *
 * @param shares how requests are divided, each with {@code container_name}, {@code port} and {@code
 *     weight}; empty where all go to the container
 */
public record RouteRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    UUID deploymentId,
    UUID serverId,
    String domain,
    String containerName,
    int port,
    List<Map<String, Object>> shares) {}
