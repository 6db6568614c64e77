package dev.slipway.accounts.store.openid;

import java.time.Instant;
import java.util.UUID;

/** Who an issuer says a user is. */
public record IdentityRow(UUID id, UUID userId, String issuer, String subject, Instant createdAt) {}
