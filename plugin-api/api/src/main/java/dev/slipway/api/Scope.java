package dev.slipway.api;

import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whose rows a unit of work may see. The database enforces it by row-level security, so a query
 * that forgets its tenant still sees only this scope.
 */
@ProviderType
public sealed interface Scope {

  /** Rows of one tenant. */
  record Tenant(UUID tenantId) implements Scope {}

  /**
   * Rows of all tenants: for the platform's own work (sign-in, jobs, event delivery).
   *
   * @param reason why no single tenant will do; stands in the log of slow or failed work
   */
  record Platform(String reason) implements Scope {}

  /** The active tenant of a caller; 400 where none was chosen. */
  static Scope of(Caller caller) {
    return new Tenant(caller.tenantId());
  }

  /** One tenant. */
  static Scope tenant(UUID tenantId) {
    return new Tenant(tenantId);
  }

  /** All tenants, with the reason stated. */
  static Scope platform(String reason) {
    return new Platform(reason);
  }
}
