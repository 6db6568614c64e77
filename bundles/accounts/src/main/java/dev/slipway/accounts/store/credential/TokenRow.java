package dev.slipway.accounts.store.credential;

import java.time.Instant;
import java.util.UUID;

/**
 * A token that was mailed.
 *
 * @param tokenHash lower-case hex of its SHA-256
 */
public record TokenRow(
    UUID id,
    UUID userId,
    TokenPurpose purpose,
    String tokenHash,
    Instant createdAt,
    Instant expiresAt) {}
