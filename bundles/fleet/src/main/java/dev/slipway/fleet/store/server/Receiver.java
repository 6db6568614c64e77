package dev.slipway.fleet.store.server;

import dev.slipway.fleet.ServerStatus;
import java.util.UUID;

/**
 * A server that is to get a command.
 *
 * @param takes whether its agent takes such commands, as far as it has said
 */
public record Receiver(UUID tenantId, ServerStatus status, boolean takes) {}
