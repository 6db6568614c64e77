package dev.slipway.fleet.store.server;

import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server as reliability checks look at it. */
public record Checked(
    UUID id,
    String name,
    ServerStatus status,
    @Nullable String statusReason,
    ServerRuntime runtime,
    @Nullable Boolean dockerReachable,
    @Nullable String agentVersion,
    @Nullable Instant lastHeartbeatAt,
    @Nullable String publicIpv4,
    @Nullable String publicIpv6) {}
