package dev.slipway.webhooks.store;

import java.util.UUID;

/**
 * What waits for an endpoint.
 *
 * @param queued how many deliveries
 */
public record Line(UUID endpointId, UUID tenantId, int queued) {}
