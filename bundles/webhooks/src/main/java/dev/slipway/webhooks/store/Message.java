package dev.slipway.webhooks.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is put into lines.
 *
 * @param eventId the event of the log, at most once in each line; null for a replay
 * @param messageId what receivers know repetitions by
 */
public record Message(
    @Nullable UUID eventId,
    UUID messageId,
    String eventType,
    String payload,
    boolean test,
    int maxRetries,
    Instant createdAt) {}
