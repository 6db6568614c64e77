package dev.slipway.accounts.store.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token.
 *
 * @param tokenHash lower-case hex of its SHA-256
 * @param usedAt when it was exchanged for the next one; it works once
 */
public record RefreshTokenRow(
    UUID id,
    UUID sessionId,
    String tokenHash,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant usedAt) {}
