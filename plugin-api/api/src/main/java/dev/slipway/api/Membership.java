package dev.slipway.api;

import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One seat in one tenant.
 *
 * @param tenantId the tenant
 * @param role the role there
 * @param root whether the tenant is the root tenant, whose admins run the platform
 */
@ProviderType
public record Membership(UUID tenantId, Role role, boolean root) {}
