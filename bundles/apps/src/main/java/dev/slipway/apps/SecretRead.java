package dev.slipway.apps;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody was shown a variable in clear.
 *
 * @param scope the layer of the variable, as clients write it
 * @param number the version that was shown; null where that was not written down yet
 * @param userId null for an API key without a user
 * @param userEmail the key's name where no user asked
 */
public record SecretRead(
    UUID id,
    UUID tenantId,
    UUID envVarId,
    String scope,
    @Nullable UUID projectId,
    @Nullable UUID appId,
    @Nullable UUID environmentId,
    String key,
    @Nullable Integer number,
    @Nullable UUID userId,
    String userEmail,
    String ip,
    @Nullable String userAgent,
    String requestId,
    Instant createdAt) {}
