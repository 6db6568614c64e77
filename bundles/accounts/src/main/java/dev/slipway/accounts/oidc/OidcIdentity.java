package dev.slipway.accounts.oidc;

import org.jspecify.annotations.Nullable;

/**
 * Whom the provider has let in.
 *
 * @param emailVerified whether the provider vouches for the address
 */
public record OidcIdentity(
    String issuer,
    String subject,
    @Nullable String email,
    boolean emailVerified,
    @Nullable String name) {}
