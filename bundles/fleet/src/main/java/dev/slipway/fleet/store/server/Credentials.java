package dev.slipway.fleet.store.server;

import dev.slipway.fleet.ServerStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's sign-in is checked against.
 *
 * @param secretHash lower-case hex of the secret's SHA-256; null = no secret is valid
 * @param nextHash the same of the secret that is on its way to the agent; null = there is none
 */
public record Credentials(
    UUID serverId,
    UUID tenantId,
    ServerStatus status,
    @Nullable String secretHash,
    @Nullable String nextHash) {}
