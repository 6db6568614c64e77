/** Sessions: how they begin with a password, go on with refresh tokens, and end. */
@NullMarked
package dev.slipway.accounts.service.session;

import org.jspecify.annotations.NullMarked;
