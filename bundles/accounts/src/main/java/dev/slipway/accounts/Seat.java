package dev.slipway.accounts;

import dev.slipway.api.Role;
import java.time.Instant;
import java.util.UUID;

/** A membership as its user sees it. */
public record Seat(
    UUID tenantId,
    String tenantName,
    String tenantSlug,
    Role role,
    boolean root,
    Instant joinedAt) {}
