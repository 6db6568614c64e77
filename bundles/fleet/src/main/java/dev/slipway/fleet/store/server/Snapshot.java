package dev.slipway.fleet.store.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent's last report. */
public record Snapshot(
    @Nullable Instant lastHeartbeatAt, Map<String, Object> system, List<Object> containers) {}
