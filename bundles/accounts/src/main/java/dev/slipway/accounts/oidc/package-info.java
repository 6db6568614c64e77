/**
 * Sign-in at an OpenID provider: authorization code flow with PKCE, state and nonce. The only
 * package that sees the library.
 */
@NullMarked
package dev.slipway.accounts.oidc;

import org.jspecify.annotations.NullMarked;
