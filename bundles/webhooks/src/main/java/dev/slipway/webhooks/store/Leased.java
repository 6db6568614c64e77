package dev.slipway.webhooks.store;

import java.util.UUID;

/** A line that nobody else serves as long as the lease holds. */
public record Leased(UUID endpointId, UUID lease, long pauseMs) {}
