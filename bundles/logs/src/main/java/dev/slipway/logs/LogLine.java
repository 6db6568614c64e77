package dev.slipway.logs;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line.
 *
 * @param sequence its place among the lines of its app; ascending, with gaps
 * @param observedAt by the clock of whoever printed it
 * @param stream {@code stdout}, {@code stderr} or {@code system} for the platform's own words
 * @param attributes further text members such as {@code process}
 */
public record LogLine(
    long sequence,
    Instant observedAt,
    String stream,
    Level level,
    Phase phase,
    String message,
    @Nullable UUID appId,
    @Nullable UUID serviceId,
    @Nullable UUID deploymentId,
    @Nullable UUID serverId,
    @Nullable String container,
    @Nullable String traceId,
    @Nullable String spanId,
    Map<String, @Nullable Object> attributes) {}
