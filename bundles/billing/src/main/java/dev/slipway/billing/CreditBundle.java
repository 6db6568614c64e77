package dev.slipway.billing;

import java.time.Instant;
import java.util.UUID;

/** Credits that can be bought at once. */
public record CreditBundle(
    UUID id,
    int version,
    String name,
    long credits,
    long priceCents,
    boolean isActive,
    int sortOrder,
    Instant createdAt,
    Instant updatedAt) {}
