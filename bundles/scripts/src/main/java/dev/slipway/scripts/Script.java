package dev.slipway.scripts;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A script of a tenant.
 *
 * @param version counts edits, for {@code If-Match}
 * @param activeVersion which of its sources runs
 * @param filter plain JSON values that fit the hook's filter schema
 * @param ownerUserId whose rights it has: who saved it last; null where that was an API key
 * @param ownerKeyId the key; null where it was a user
 * @param receiveToken sealed, part of the address that starts it; null at other hooks
 * @param receiveHash lower-case hex of the token's SHA-256
 * @param nextRunAt when the schedule is due; null at other hooks and while it is disabled
 * @param lastStatus how its last run came out; null before the first
 * @param createdBy the user or API key that made it
 */
public record Script(
    UUID id,
    int version,
    UUID tenantId,
    String name,
    String hook,
    int activeVersion,
    boolean enabled,
    Map<String, @Nullable Object> filter,
    int timeoutMs,
    @Nullable UUID ownerUserId,
    @Nullable UUID ownerKeyId,
    @Nullable String receiveToken,
    @Nullable String receiveHash,
    @Nullable Instant nextRunAt,
    @Nullable String lastStatus,
    @Nullable Instant lastAt,
    UUID createdBy,
    Instant createdAt,
    Instant updatedAt) {}
