package dev.slipway.accounts.store.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A login.
 *
 * @param id also the family of all refresh tokens that come from it
 * @param expiresAt when its newest refresh token does
 */
public record SessionRow(
    UUID id,
    UUID userId,
    String remoteAddress,
    String userAgent,
    Instant createdAt,
    Instant lastActiveAt,
    Instant expiresAt,
    @Nullable Instant revokedAt) {}
