package dev.slipway.api.security;

import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** What the platform remembers of callers between requests. */
@ProviderType
public interface PrincipalCache {
  /**
   * Forgets a user, tenant or API key on every node, after the current unit of work commits. To be
   * called with every change that takes a right away.
   */
  void forget(UUID userOrTenantOrKey);

  /**
   * A user by the seat in a tenant, for work that goes on in their name without a request of
   * theirs. What is remembered is a minute old at most, and forgotten at once on this node and
   * within a second on others.
   *
   * @return empty where the user is gone or inactive; without membership where there is no seat or
   *     the tenant is inactive
   * @throws dev.slipway.api.PlatformException 503 while no feature knows the accounts
   * @since 1.2
   */
  Optional<Principal> member(UUID userId, UUID tenantId);
}
