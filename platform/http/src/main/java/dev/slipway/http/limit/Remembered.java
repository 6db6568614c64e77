package dev.slipway.http.limit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that came with an Idempotency-Key.
 *
 * @param holder tenant or user whose key it is
 * @param requestHash hex SHA-256 of address and body
 * @param status status of the answer; null while the request is in flight
 * @param sealedBody what {@link KeyedRequests} has sealed
 * @param aliveAt when its node said last that it works on it
 */
public record Remembered(
    UUID id,
    String holder,
    String operation,
    String key,
    String requestHash,
    @Nullable Integer status,
    @Nullable String mediaType,
    @Nullable String sealedBody,
    Instant createdAt,
    Instant aliveAt) {}
