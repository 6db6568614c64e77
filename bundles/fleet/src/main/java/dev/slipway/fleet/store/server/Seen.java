package dev.slipway.fleet.store.server;

import dev.slipway.fleet.ServerRuntime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was known of a server before a heartbeat.
 *
 * @param lastHeartbeatAt null before the first one
 * @param containers null where whoever asks knows them
 * @param commandsWait whether there are commands that no stream has taken yet
 */
public record Seen(
    ServerRuntime runtime,
    @Nullable Instant lastHeartbeatAt,
    @Nullable List<Object> containers,
    List<Object> containerAlerts,
    Map<String, Object> pressure,
    boolean commandsWait) {}
