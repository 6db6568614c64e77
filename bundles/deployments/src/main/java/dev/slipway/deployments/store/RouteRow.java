package dev.slipway.deployments.store;

import java.util.UUID;

/** A host name that a server's edge leads to a container. */
public record RouteRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    UUID deploymentId,
    UUID serverId,
    String domain,
    String containerName,
    int port) {}
