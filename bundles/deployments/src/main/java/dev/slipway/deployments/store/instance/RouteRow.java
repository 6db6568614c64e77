package dev.slipway.deployments.store.instance;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host name that a server's edge leads to a container.
 *
 * @param environmentId null = it belongs to the app's production
 * @param shares how requests are divided, each with {@code container_name}, {@code port} and {@code
 *     weight}; empty where all go to the container
 */
public record RouteRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    @Nullable UUID environmentId,
    UUID deploymentId,
    UUID serverId,
    String domain,
    String containerName,
    int port,
    List<Map<String, Object>> shares) {}
