package dev.slipway.logs.store;

import dev.slipway.logs.Level;
import dev.slipway.logs.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A line that is not stored yet; see {@link dev.slipway.logs.LogLine}. */
public record NewLine(
    UUID tenantId,
    Instant observedAt,
    String stream,
    Level level,
    Phase phase,
    String message,
    @Nullable UUID appId,
    @Nullable UUID deploymentId,
    @Nullable UUID serverId,
    @Nullable String container,
    Map<String, String> attributes) {}
