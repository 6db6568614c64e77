package dev.slipway.deployments.store.push;

import java.time.Instant;
import java.util.UUID;

/**
 * How much room an app's own repository takes.
 *
 * @param sizeBytes on the disk, as it was after the last upload or push
 */
public record RepositoryRow(
    UUID id, UUID tenantId, UUID appId, long sizeBytes, Instant updatedAt) {}
