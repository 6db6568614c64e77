package dev.slipway.scripts.store;

import java.time.Instant;
import java.util.UUID;

/**
 * A run that is due.
 *
 * @param causeId of what caused it; unique for its type and script
 * @param event JSON text
 * @param attempts how often it was begun, this time included
 */
public record Trigger(
    UUID id,
    UUID tenantId,
    UUID scriptId,
    String type,
    String causeId,
    String event,
    int attempts,
    Instant createdAt) {}
