/** Identities at OpenID providers, and sign-ins on their way to one, as rows. */
@NullMarked
package dev.slipway.accounts.store.openid;

import org.jspecify.annotations.NullMarked;
