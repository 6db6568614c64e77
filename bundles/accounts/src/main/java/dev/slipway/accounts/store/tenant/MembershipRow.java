package dev.slipway.accounts.store.tenant;

import dev.slipway.api.Role;
import java.time.Instant;
import java.util.UUID;

/** A seat as a row. */
public record MembershipRow(UUID id, UUID tenantId, UUID userId, Role role, Instant joinedAt) {}
