package dev.slipway.fleet.store.server;

import dev.slipway.fleet.ServerRight;
import java.time.Instant;
import java.util.UUID;

/** What a user may do to one server, beyond what the role in the tenant allows. */
public record GrantRow(
    UUID tenantId,
    UUID serverId,
    UUID userId,
    ServerRight role,
    String grantedBy,
    Instant createdAt,
    Instant updatedAt) {}
