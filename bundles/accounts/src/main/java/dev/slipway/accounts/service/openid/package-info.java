/** Signing in at an OpenID provider, and the accounts that are linked to one. */
@NullMarked
package dev.slipway.accounts.service.openid;

import org.jspecify.annotations.NullMarked;
