package dev.slipway.accounts.store.openid;

import java.time.Instant;
import java.util.UUID;

/**
 * A sign-in that has gone to the issuer.
 *
 * @param bindingHash of the cookie of the browser that began
 * @param secrets nonce and PKCE verifier, sealed
 */
public record OidcStateRow(
    UUID id, String stateHash, String bindingHash, String secrets, Instant expiresAt) {}
