package dev.slipway.fleet.store;

import dev.slipway.fleet.ServerStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's sign-in is checked against.
 *
 * @param secretHash lower-case hex of the secret's SHA-256; null = no secret is valid
 */
public record Credentials(
    UUID serverId, UUID tenantId, ServerStatus status, @Nullable String secretHash) {}
