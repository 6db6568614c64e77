package dev.slipway.billing;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import java.util.OptionalLong;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a tenant's plan allows, for the features that have to heed it. A tenant whose billing is
 * waived has what its plan says, like any other. Every call joins the caller's unit of work where
 * there is one, so it must name that one's scope.
 */
@ProviderType
public interface Entitlements {
  /** Whether the plan grants the key: a true one, or a number above 0. */
  boolean entitled(Scope scope, UUID tenantId, String key);

  /** As {@link #entitled(Scope, UUID, String)} for the caller's active tenant. */
  default boolean entitled(Caller caller, String key) {
    return entitled(Scope.of(caller), caller.tenantId(), key);
  }

  /** The number the plan sets for the key; empty where it says nothing of it. */
  OptionalLong limit(Scope scope, UUID tenantId, String key);

  /** Most members; 0 = any number. */
  int userLimit(Scope scope, UUID tenantId);

  /** Refuses with 403 {@code billing.entitlement.missing} where the plan does not grant the key. */
  void require(Caller caller, String key);
}
