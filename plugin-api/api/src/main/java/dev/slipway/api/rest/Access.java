package dev.slipway.api.rest;

import org.osgi.annotation.versioning.ProviderType;

/** Who may call an operation. The object itself is checked by the feature's service. */
@ProviderType
public enum Access {
  /** A signed-in user; no tenant is needed. */
  USER,
  /** Any member of the tenant named by {@code X-Tenant-ID}, or its API key. */
  TENANT,
  /** An admin or the owner of that tenant. */
  TENANT_ADMIN,
  /** The owner of that tenant. */
  TENANT_OWNER,
  /** An admin or the owner of the root tenant, or an admin API key. */
  ROOT_ADMIN,
  /** The owner of the root tenant. */
  ROOT_OWNER
}
