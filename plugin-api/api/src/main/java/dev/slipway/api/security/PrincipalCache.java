package dev.slipway.api.security;

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
}
