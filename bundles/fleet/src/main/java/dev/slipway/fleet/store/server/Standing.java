package dev.slipway.fleet.store.server;

import dev.slipway.fleet.ServerStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether a server takes work, and since when it does not. */
public record Standing(
    UUID serverId,
    ServerStatus status,
    boolean isCordoned,
    @Nullable Instant cordonedAt,
    @Nullable String cordonReason,
    boolean isDraining,
    @Nullable Instant drainStartedAt,
    @Nullable Instant lastHeartbeatAt) {}
