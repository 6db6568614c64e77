package dev.slipway.deployments.store.hook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credential that deploys one app and can do nothing else.
 *
 * @param tokenHash SHA-256 of the token, in lower-case hex; the token itself is kept nowhere
 * @param prefix its first characters, to tell tokens apart
 * @param createdBy whose seat it depends on
 * @param expiresAt null = never
 * @param lastUsedAt exact to a minute
 */
public record DeployTokenRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    String name,
    String tokenHash,
    String prefix,
    UUID createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {}
