package dev.slipway.fleet.store.placement;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Servers of one kind.
 *
 * @param labelSelectors a server that has all of them belongs to the pool; none = only servers that
 *     were put into it
 * @param currency three letters in lower case
 */
public record PoolRow(
    UUID id,
    UUID tenantId,
    String name,
    @Nullable String description,
    Map<String, Object> labelSelectors,
    int monthlyCostCents,
    String currency,
    Instant createdAt,
    Instant updatedAt) {}
