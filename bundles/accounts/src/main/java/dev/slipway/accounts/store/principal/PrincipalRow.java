package dev.slipway.accounts.store.principal;

import dev.slipway.api.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who stands behind a credential.
 *
 * @param id the user, or the API key
 * @param tenantId the tenant asked for; null where there is no seat in it
 * @param lastUsedAt of the key or the user's login; null for a key that nobody has used yet
 * @param onBehalfOf who made the key; null for a user
 */
public record PrincipalRow(
    UUID id,
    String name,
    @Nullable UUID tenantId,
    @Nullable Role role,
    @Nullable Boolean root,
    @Nullable Instant lastUsedAt,
    @Nullable UUID onBehalfOf) {}
