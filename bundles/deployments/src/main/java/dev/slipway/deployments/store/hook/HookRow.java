package dev.slipway.deployments.store.hook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A secret address that starts deployments of an app.
 *
 * @param tokenHash SHA-256 of the token, in lower-case hex; the token itself is kept nowhere
 * @param tokenPreview its first characters, to tell hooks apart
 * @param branch the only one that it deploys; null = any, the default one where a call names none
 * @param environmentId where it deploys to; null = where all goes that names no environment
 */
public record HookRow(
    UUID id,
    UUID tenantId,
    UUID appId,
    String name,
    String tokenHash,
    String tokenPreview,
    @Nullable String branch,
    @Nullable UUID environmentId,
    @Nullable Instant lastTriggeredAt,
    int triggerCount,
    @Nullable UUID createdBy,
    Instant createdAt) {}
