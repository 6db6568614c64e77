package dev.slipway.fleet.store.server;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server is by its agent's last report.
 *
 * @param registeredAt when its agent was installed last; the two that follow are since then
 */
public record Condition(
    @Nullable Instant lastHeartbeatAt,
    List<Object> containerAlerts,
    List<Object> topProcesses,
    @Nullable Instant topProcessesAt,
    @Nullable Instant registeredAt,
    @Nullable Instant firstHeartbeatAt,
    @Nullable Instant firstOnlineAt) {}
