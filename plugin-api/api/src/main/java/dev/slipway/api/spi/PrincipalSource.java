package dev.slipway.api.spi;

import dev.slipway.api.security.Principal;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows users, memberships and API keys; the accounts feature registers it. */
@ConsumerType
public interface PrincipalSource {
  /**
   * The user of a verified access token.
   *
   * @param tenantId the tenant asked for; null = the root tenant
   * @return empty where the user or the session is gone or inactive; without membership where the
   *     user has no seat there or the tenant is inactive
   */
  Optional<Principal> user(UUID userId, UUID sessionId, @Nullable UUID tenantId);

  /**
   * The holder of an API key.
   *
   * @param sha256 lower-case hex of the raw key's SHA-256
   * @param tenantId the tenant asked for; null = the key's own
   */
  Optional<Principal> apiKey(String sha256, @Nullable UUID tenantId);

  /**
   * A user by the seat in a tenant, whether signed in or not.
   *
   * @return empty where the user is gone or inactive; without membership where there is no seat or
   *     the tenant is inactive
   * @since 1.2
   */
  default Optional<Principal> member(UUID userId, UUID tenantId) {
    return Optional.empty();
  }
}
