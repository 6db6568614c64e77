package dev.slipway.fleet;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server as other features see it.
 *
 * @param publicIpv4 as the operator or the agent gave it
 * @param edgeUrl base URL of the server's own reverse proxy such as {@code http://127.0.0.1:8000};
 *     null for a proxy that the platform knows nothing of
 * @param publicHost suffix of the host names under which its apps are reached
 * @param acceptsDeployments online, and neither cordoned nor draining
 */
public record Server(
    UUID id,
    UUID tenantId,
    String name,
    ServerStatus status,
    ServerRuntime runtime,
    @Nullable String hostname,
    @Nullable String publicIpv4,
    @Nullable String edgeUrl,
    @Nullable String publicHost,
    boolean acceptsDeployments,
    @Nullable Instant lastHeartbeatAt) {}
