package dev.slipway.fleet.store.command;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a server.
 *
 * @param depth pending and dispatched ones together
 * @param dispatched those that the agent may be at work on
 * @param byType how many of each type, by its name
 */
public record QueueLook(
    UUID serverId,
    int depth,
    int pending,
    int dispatched,
    @Nullable Instant oldestEnqueuedAt,
    Map<String, Object> byType,
    boolean agentConnected) {}
