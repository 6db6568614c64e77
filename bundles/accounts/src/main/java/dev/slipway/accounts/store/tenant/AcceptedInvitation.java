package dev.slipway.accounts.store.tenant;

import dev.slipway.api.Role;
import java.util.UUID;

/** Where an invitation has led to. */
public record AcceptedInvitation(UUID tenantId, String tenantName, Role role) {}
