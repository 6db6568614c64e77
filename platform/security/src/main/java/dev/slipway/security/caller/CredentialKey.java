package dev.slipway.security.caller;

import dev.slipway.api.security.Principal;
import dev.slipway.api.spi.PrincipalSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A verified credential together with the tenant it was used for. */
sealed interface CredentialKey {
  /** The tenant asked for; null where none was. */
  @Nullable UUID tenantId();

  /** Asks who stands behind it. */
  Optional<Principal> ask(PrincipalSource source);

  /** Whether the answer depends on this user or tenant. */
  boolean names(UUID id);

  /** A user by access token. */
  record OfUser(UUID userId, UUID sessionId, @Nullable UUID tenantId) implements CredentialKey {
    @Override
    public Optional<Principal> ask(PrincipalSource source) {
      return source.user(userId, sessionId, tenantId);
    }

    @Override
    public boolean names(UUID id) {
      return id.equals(userId) || id.equals(sessionId) || id.equals(tenantId);
    }
  }

  /** A user in whose name something goes on without a request. */
  record OfMember(UUID userId, UUID tenantId) implements CredentialKey {
    @Override
    public Optional<Principal> ask(PrincipalSource source) {
      return source.member(userId, tenantId);
    }

    @Override
    public boolean names(UUID id) {
      return id.equals(userId) || id.equals(tenantId);
    }
  }

  /** An API key by the SHA-256 of its raw form. */
  record OfApiKey(String sha256, @Nullable UUID tenantId) implements CredentialKey {
    @Override
    public Optional<Principal> ask(PrincipalSource source) {
      return source.apiKey(sha256, tenantId);
    }

    @Override
    public boolean names(UUID id) {
      return id.equals(tenantId);
    }
  }
}
