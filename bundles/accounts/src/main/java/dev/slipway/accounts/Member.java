package dev.slipway.accounts;

import dev.slipway.api.Role;
import java.time.Instant;
import java.util.UUID;

/** A user as the other members of a tenant see them. */
public record Member(UUID userId, String email, String displayName, Role role, Instant joinedAt) {}
